using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Scenarios;

/// <summary>A column that a scenario reads.</summary>
/// <param name="Purpose">What it is for.</param>
/// <param name="Option">The command-line option that names it, such as <c>--label-col</c>.</param>
/// <param name="Kind">What its values are read as.</param>
/// <param name="Description">What it has in it, for the help.</param>
internal sealed record ColumnRole(ColumnPurpose Purpose, string Option, DataKind Kind, string Description);
