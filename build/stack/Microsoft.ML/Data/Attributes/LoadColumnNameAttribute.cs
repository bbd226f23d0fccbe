namespace Microsoft.ML.Data;

/// <summary>Says which named columns of a source a member is read from.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class LoadColumnNameAttribute : Attribute
{
    public LoadColumnNameAttribute(string fieldName) => Sources = [fieldName];

    public LoadColumnNameAttribute(params string[] fieldNames) => Sources = [.. fieldNames];

    internal IReadOnlyList<string> Sources { get; }
}
