using MLNet.Transformers.Tool.Data;

namespace MLNet.Transformers.Tool.Projects.Code;

/// <summary>A property of the generated <c>ModelInput</c>: a column of the data.</summary>
/// <param name="Name">The property.</param>
/// <param name="TypeName">Its C# type.</param>
/// <param name="ColumnName">The column.</param>
/// <param name="ColumnIndex">Its place in the file, from 0.</param>
/// <param name="Purpose">What it is for.</param>
internal sealed record InputProperty(string Name, string TypeName, string ColumnName, int ColumnIndex, ColumnPurpose Purpose);
