namespace Microsoft.ML.Data;

/// <summary>Finding the columns that play a role.</summary>
internal static class RoleColumns
{
    /// <exception cref="ArgumentOutOfRangeException">There is no column of that name.</exception>
    public static DataViewSchema.Column InRole(this DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw Contracts.ExceptParam(nameof(schema), $"{name} column '{role}' not found");
}
