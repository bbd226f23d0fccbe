namespace Microsoft.ML.Data;

/// <summary>The kinds of values that a text file can hold: their types and short names.</summary>
internal static class DataKinds
{
    private static readonly Dictionary<DataKind, string> ShortNames = new()
    {
        [DataKind.SByte] = "I1", [DataKind.Byte] = "U1", [DataKind.Int16] = "I2", [DataKind.UInt16] = "U2", [DataKind.Int32] = "I4",
        [DataKind.UInt32] = "U4", [DataKind.Int64] = "I8", [DataKind.UInt64] = "U8", [DataKind.Single] = "R4", [DataKind.Double] = "R8",
        [DataKind.String] = "TX", [DataKind.Boolean] = "BL", [DataKind.TimeSpan] = "TS", [DataKind.DateTime] = "DT", [DataKind.DateTimeOffset] = "DZ",
    };

    private static readonly Dictionary<Type, DataKind> Kinds = ShortNames.Keys.ToDictionary(kind => PrimitiveTypes.Of(kind).RawType);

    public static DataKind Of(Type rawType) => Kinds[rawType];

    public static bool TryGet(Type type, out DataKind kind) =>
        Kinds.TryGetValue(type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type, out kind);

    public static string ShortName(DataKind kind) => ShortNames[kind];

    public static bool TryGetByShortName(string name, out DataKind kind)
    {
        kind = ShortNames.FirstOrDefault(pair => pair.Value.Equals(name, StringComparison.OrdinalIgnoreCase)).Key;
        return kind != default;
    }
}
