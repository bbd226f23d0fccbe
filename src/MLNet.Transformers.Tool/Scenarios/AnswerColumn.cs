namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A column that a trained pipeline adds to its rows: a property of the generated <c>ModelOutput</c>.</summary>
/// <param name="Name">The column.</param>
/// <param name="TypeName">The property's C# type, such as <c>float[]</c>.</param>
/// <param name="Purpose">What it tells.</param>
/// <param name="Description">What it has in it, a sentence.</param>
internal sealed record AnswerColumn(string Name, string TypeName, AnswerPurpose Purpose, string Description);
