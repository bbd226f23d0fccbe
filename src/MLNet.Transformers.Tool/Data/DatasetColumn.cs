namespace MLNet.Transformers.Tool.Data;

/// <summary>A column of a text file.</summary>
/// <param name="Name">Its name in the header, or <c>col0</c>, <c>col1</c> and so on without one.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Kind">What its values are: String, Single, Boolean or Int32.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Reason">Why that was inferred, for the user to read, such as "named 'label'"; empty where the user said so.</param>
internal sealed record DatasetColumn(string Name, int Index, DataKind Kind, ColumnPurpose Purpose, string Reason = "");
