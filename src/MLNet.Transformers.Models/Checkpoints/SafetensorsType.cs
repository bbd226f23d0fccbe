using static TorchSharp.torch;

namespace MLNet.Transformers.Models;

/// <summary>Element types under the names that safetensors gives them.</summary>
internal static class SafetensorsType
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    public static ScalarType? Find(string? name)
    {
        foreach (var known in Known)
            if (known.Name == name)
                return known.Type;
        return null;
    }

    public static int SizeOf(ScalarType type) => Array.Find(Known, known => known.Type == type).Size;

    public static string NameOf(ScalarType type) =>
        Array.Find(Known, known => known.Type == type).Name ?? throw new NotSupportedException($"Safetensors has no element type for {type}.");
}
