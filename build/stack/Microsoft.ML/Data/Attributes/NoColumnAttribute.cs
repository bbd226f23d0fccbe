namespace Microsoft.ML.Data;

/// <summary>Marks a member that has no column.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class NoColumnAttribute : Attribute
{
}
