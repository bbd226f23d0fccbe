using MLNet.Transformers.Tool.Scenarios;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>A property of the generated <c>ModelOutput</c>: a column of the answer.</summary>
/// <param name="Name">The property.</param>
/// <param name="Column">The column.</param>
internal sealed record OutputProperty(string Name, AnswerColumn Column);
