namespace Microsoft.ML.Data;

/// <summary>The column types of somebody's own, each with the .NET type and attribute that it stands for.</summary>
public static class DataViewTypeManager
{
    private static readonly Lock Lock = new();
    private static readonly Dictionary<(Type Type, DataViewTypeAttribute Attribute), DataViewType> Types = [];
    private static readonly Dictionary<DataViewType, (Type Type, DataViewTypeAttribute Attribute)> Origins = [];

    [Obsolete("This API is deprecated, please use the new form of Register which takes in a single DataViewTypeAttribute instead.", false)]
    public static void Register(DataViewType dataViewType, Type type, IEnumerable<Attribute> typeAttributes)
    {
        var attributes = typeAttributes?.ToArray() ?? [];
        if (attributes.Length > 1)
            throw Contracts.ExceptParam(nameof(type), $"Type {type} has too many attributes.");
        if (attributes is [not DataViewTypeAttribute])
            throw Contracts.ExceptParam(nameof(type), $"Type {type} has an attribute that is not of DataViewTypeAttribute.");
        Register(dataViewType, type, attributes.FirstOrDefault() as DataViewTypeAttribute);
    }

    public static void Register(DataViewType dataViewType, Type type, DataViewTypeAttribute typeAttribute = null)
    {
        if (PrimitiveTypes.OfOrNull(type) is not null || type == typeof(VBuffer<>) || type == typeof(Nullable<>))
        {
            throw Contracts.ExceptParam(nameof(type),
                $"Type {type} has been registered as ML.NET's default supported type, so it can't not be registered again.");
        }

        var origin = (type, typeAttribute);
        lock (Lock)
        {
            if (Types.TryGetValue(origin, out var known) && !known.Equals(dataViewType))
            {
                throw Contracts.ExceptParam(nameof(type),
                    $"Repeated type register. The raw type {type} has been associated with {known} so it cannot be associated with {dataViewType}.");
            }

            if (Origins.TryGetValue(dataViewType, out var other) && !other.Equals(origin))
            {
                throw Contracts.ExceptParam(nameof(dataViewType),
                    $"Repeated type register. The DataView type {dataViewType} has been associated with {other.Type} so it cannot be associated with {type}.");
            }

            Types[origin] = dataViewType;
            Origins[dataViewType] = origin;
        }
    }

    internal static bool Knows(DataViewType type)
    {
        lock (Lock)
            return Origins.ContainsKey(type);
    }

    /// <summary>The column type of a .NET type and the attributes of the member that holds it; null where none is registered.</summary>
    internal static DataViewType Find(Type type, IEnumerable<Attribute> attributes)
    {
        var marks = attributes?.OfType<DataViewTypeAttribute>().ToArray() ?? [];
        if (marks.Length > 1)
        {
            throw Contracts.ExceptParam(nameof(type),
                $"Type {type.Name} cannot be marked with multiple attributes, {marks}, derived from {typeof(DataViewTypeAttribute)}.");
        }

        lock (Lock)
            return Types.GetValueOrDefault((type, marks.FirstOrDefault()));
    }
}
