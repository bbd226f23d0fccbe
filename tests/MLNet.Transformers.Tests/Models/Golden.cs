using System.Text.Json;

namespace MLNet.Transformers.Tests.Models;

/// <summary>Files beside the tests, which goldens.py has made.</summary>
internal static class Golden
{
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "Models", "Goldens", name);

    public static JsonElement Json(string folder, string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(folder), file))).RootElement;

    public static double[] Numbers(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Numbers)]
        : [element.GetDouble()];

    public static int[][] Rows(JsonElement element) =>
        [.. element.EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetInt32()).ToArray())];
}
