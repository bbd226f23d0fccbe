using static Microsoft.ML.SchemaShape.Column;

namespace Microsoft.ML.Transforms;

/// <summary>The promised schema of a custom mapping.</summary>
internal static class CustomMappingShape
{
    public static SchemaShape Of(SchemaShape input, Type sourceType, SchemaDefinition sourceDefinition, RowMember[] added)
    {
        foreach (var member in RowMember.Of(sourceType, sourceDefinition, SchemaDefinition.Direction.Both))
        {
            SchemaShape.GetColumnTypeShape(member.ColumnType, out var kind, out var itemType, out var isKey);
            input.Input(null, member.ColumnName,
                column => Equals(itemType, column.ItemType) && isKey == column.IsKey && Accepts(kind, column.Kind), member.ColumnType.ToString());
        }

        return input.With(SchemaShape.Create(RowMember.SchemaOf(added)));
    }

    // A member of a vector that says no size takes vectors of any.
    private static bool Accepts(VectorKind wanted, VectorKind actual) => wanted switch
    {
        VectorKind.VariableVector => actual != VectorKind.Scalar,
        _ => actual == wanted,
    };
}
