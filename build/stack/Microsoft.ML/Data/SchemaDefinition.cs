using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>The columns that the members of a class stand for, which may be changed before they are used.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>Whether a class is read from, written to, or both.</summary>
    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public Column this[string columnName]
    {
        get => Find(column => column.ColumnName == columnName);
        set
        {
            Contracts.CheckValue(value, nameof(value));
            if (value.ColumnName != columnName)
            {
                throw Contracts.ExceptParam(nameof(columnName),
                    $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            }

            var index = FindIndex(column => column.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        var definition = new SchemaDefinition();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in RowMember.MembersOf(userType, direction).Where(RowMember.HasColumn))
        {
            var marks = member.GetCustomAttributes().OfType<DataViewTypeAttribute>().ToArray();
            if (marks.Length > 1)
            {
                throw Contracts.ExceptParam(nameof(userType),
                    $"Member {member.Name} cannot be marked with multiple attributes, {marks}, derived from {typeof(DataViewTypeAttribute)}.");
            }

            if (marks is [var mark])
                mark.Register();
            var name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            if (!names.Add(name))
                throw Contracts.ExceptParam(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new(member.Name, TypeOf(member), name));
        }

        return definition;
    }

    private static DataViewType TypeOf(MemberInfo member)
    {
        var (itemType, isVector) = RowMember.ItemTypeOf(member);
        if (DataViewTypeManager.Find(itemType, member.GetCustomAttributes()) is { } own)
            return own;
        var item = PrimitiveTypes.Of(itemType);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            if (!KeyDataViewType.IsValidDataType(itemType))
            {
                throw Contracts.ExceptParam("userType",
                    $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
            }

            item = new KeyDataViewType(itemType, key.KeyCount.Count.GetValueOrDefault());
        }

        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (!isVector)
        {
            return vector is null
                ? item
                : throw Contracts.ExceptParam("userType",
                    $"Member {member.Name} marked with {nameof(VectorTypeAttribute)}, but does not appear to be a vector type");
        }

        return vector?.Dims is { Length: > 0 } dimensions ? new VectorDataViewType(item, dimensions) : new VectorDataViewType(item, 0);
    }
}
