using System.Reflection;

namespace Microsoft.ML.Internal;

/// <summary>A member of a row class and the column that it stands for.</summary>
internal sealed class RowMember
{
    private RowMember(MemberInfo member, string columnName, DataViewType columnType, DataViewSchema.Annotations annotations)
    {
        Member = member;
        MemberType = TypeOf(member);
        ColumnName = columnName;
        ColumnType = columnType;
        Annotations = annotations;
    }

    public MemberInfo Member { get; }

    public Type MemberType { get; }

    public string ColumnName { get; }

    public DataViewType ColumnType { get; }

    public DataViewSchema.Annotations Annotations { get; }

    /// <summary>The members of a class as a definition has them, or as they are where there is none.</summary>
    public static RowMember[] Of(Type rowType, SchemaDefinition definition, SchemaDefinition.Direction direction) =>
        [.. (definition ?? SchemaDefinition.Create(rowType, direction)).Select(column => Of(rowType, column)).Where(member => member is not null)];

    /// <summary>The definition of a class whose columns have the types and annotations of a schema.</summary>
    public static SchemaDefinition DefinitionOf(IExceptionContext context, Type rowType, DataViewSchema schema)
    {
        var definition = SchemaDefinition.Create(rowType, SchemaDefinition.Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name] ?? throw context.Except($"Type should contain a member named {column.Name}");
            // A schema may know more than the class: the size of a vector, the number of keys.
            member.ColumnType = column.Type;
            member.CopyAnnotations(column.Annotations);
        }

        return definition;
    }

    /// <summary>The schema of rows whose columns are members.</summary>
    public static DataViewSchema SchemaOf(IEnumerable<RowMember> members)
    {
        var schema = new DataViewSchema.Builder();
        foreach (var member in members)
            schema.AddColumn(member.ColumnName, member.ColumnType, member.Annotations);
        return schema.ToSchema();
    }

    public static IEnumerable<MemberInfo> MembersOf(Type rowType, SchemaDefinition.Direction direction)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        Contracts.CheckValue(rowType, "userType");
        var properties = rowType.GetProperties(Public).Where(property =>
            property.GetIndexParameters().Length == 0
            && ((direction.HasFlag(SchemaDefinition.Direction.Read) && property.GetMethod is { IsPublic: true })
                || (direction.HasFlag(SchemaDefinition.Direction.Write) && property.SetMethod is { IsPublic: true })));
        return rowType.GetFields(Public).Concat<MemberInfo>(properties);
    }

    public static bool HasColumn(MemberInfo member) =>
        TypeOf(member) != typeof(IChannel) && member.GetCustomAttribute<NoColumnAttribute>() is null;

    public static (Type ItemType, bool IsVector) ItemTypeOf(MemberInfo member) =>
        ItemTypeOf(member.Name, TypeOf(member), member.GetCustomAttributes());

    /// <summary>The raw type of the items that a type holds, and whether it holds a vector of them.</summary>
    public static (Type ItemType, bool IsVector) ItemTypeOf(string name, Type type, IEnumerable<Attribute> attributes)
    {
        var mapped = MappedTypeOf(type);
        if (PrimitiveTypes.OfOrNull(mapped.ItemType) is null && DataViewTypeManager.Find(mapped.ItemType, attributes) is null)
        {
            throw Contracts.ExceptParam("rawType",
                $"Could not determine an IDataView type and registered custom types for member {name}");
        }

        return mapped;
    }

    public static (Type ItemType, bool IsVector) MappedTypeOf(Type type)
    {
        var isVector = type.IsArray || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>));
        var itemType = !isVector ? type : type.IsArray ? type.GetElementType() : type.GetGenericArguments()[0];
        return (itemType == typeof(string) ? typeof(ReadOnlyMemory<char>) : itemType, isVector);
    }

    public static Type TypeOf(MemberInfo member) => member switch
    {
        FieldInfo field => field.FieldType,
        PropertyInfo property => property.PropertyType,
        _ => throw Contracts.ExceptNotSupp(null, "Expected a FieldInfo or a PropertyInfo"),
    };

    private static RowMember Of(Type rowType, SchemaDefinition.Column column)
    {
        var member = (MemberInfo)rowType.GetField(column.MemberName) ?? rowType.GetProperty(column.MemberName)
            ?? throw Contracts.ExceptParam("userSchemaDefinition",
                $"No field or property with name '{column.MemberName}' found in type '{rowType.FullName}'");
        if (TypeOf(member) == typeof(IChannel))
            return null;
        var (itemType, isVector) = ItemTypeOf(member);
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        if (column.ColumnType is null)
        {
            var item = PrimitiveTypes.Of(itemType);
            return new(member, name, isVector ? new VectorDataViewType(item) : item, column.Annotations);
        }

        if (isVector != column.ColumnType is VectorDataViewType)
        {
            throw Contracts.ExceptParam("userSchemaDefinition",
                $"Column '{name}' is supposed to be {(isVector ? "scalar" : "vector")}, "
                + $"but type of associated field '{column.MemberName}' is {(isVector ? "vector" : "scalar")}");
        }

        var raw = column.ColumnType.GetItemType().RawType;
        if (raw != itemType)
        {
            throw Contracts.ExceptParam("userSchemaDefinition",
                $"Column '{name}' is supposed to have item type {raw}, but associated field has type {itemType}");
        }

        return new(member, name, column.ColumnType, column.Annotations);
    }
}
