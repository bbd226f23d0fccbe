using System.Reflection;

namespace Microsoft.ML.Internal;

/// <summary>A row class bound to a schema: which member takes which column, checked once.</summary>
internal sealed class ObjectBinding<TRow>
    where TRow : class
{
    private readonly (RowMember Member, DataViewSchema.Column Column)[] _bound;

    public ObjectBinding(IHost host, DataViewSchema schema, bool ignoreMissingColumns, SchemaDefinition definition)
    {
        CheckUnknownTypes(schema, definition);
        var bound = new List<(RowMember, DataViewSchema.Column)>();
        foreach (var member in RowMember.Of(typeof(TRow), definition, SchemaDefinition.Direction.Write))
        {
            if (schema.GetColumnOrNull(member.ColumnName) is { } column)
            {
                CheckType(host, member, column);
                bound.Add((member, column));
            }
            else if (!ignoreMissingColumns)
            {
                throw host.ExceptSchemaMismatch("Schema", "", member.ColumnName);
            }
        }

        _bound = [.. bound];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bound.Select(pair => pair.Column);

    /// <summary>What fills an object from the current row.</summary>
    public ObjectFiller<TRow> GetFiller(DataViewRow input) =>
        new(Array.ConvertAll(_bound, pair => ObjectSetters<TRow>.Create(input, pair.Column, pair.Member)));

    private static void CheckType(IHost host, RowMember member, DataViewSchema.Column column)
    {
        var (itemType, isVector) = RowMember.ItemTypeOf(member.Member);
        if (isVector != column.Type is VectorDataViewType || column.Type.GetItemType().RawType != itemType)
        {
            throw host.Except("Can't bind the IDataView column '{0}' of type '{1}' to field or property '{2}' of type '{3}'.",
                member.ColumnName, column.Type, member.Member.Name, member.MemberType.FullName);
        }
    }

    // Says which type a member should have had where its own stands for no column at all.
    private static void CheckUnknownTypes(DataViewSchema schema, SchemaDefinition definition)
    {
        var members = definition is null
            ? RowMember.MembersOf(typeof(TRow), SchemaDefinition.Direction.Write)
            : definition.Select(column => (MemberInfo)typeof(TRow).GetField(column.MemberName) ?? typeof(TRow).GetProperty(column.MemberName));
        foreach (var member in members.Where(member => member is not null && RowMember.HasColumn(member)))
        {
            var actual = RowMember.MappedTypeOf(RowMember.TypeOf(member)).ItemType;
            if (PrimitiveTypes.OfOrNull(actual) is not null || DataViewTypeManager.Find(actual, member.GetCustomAttributes()) is not null)
                continue;
            var name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            var expected = schema[schema.GetColumnOrNull(name)?.Index ?? -1].Type.RawType;
            if (actual != expected)
            {
                throw Contracts.ExceptParam("actualType",
                    $"The expected type '{expected}' does not match the type of the '{name}' member: '{actual}'. "
                    + $"Please change the {name} member to '{expected}'");
            }
        }
    }
}
