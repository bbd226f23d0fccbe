using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using MLNet.Transformers.Tokenizers;

namespace MLNet.Transformers.Tests.Tokenizers;

/// <summary>Runs the tokenizers of Hugging Face, in JavaScript and in Rust, by way of node.</summary>
internal static class ReferenceTokenizers
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private static readonly Lazy<string> s_folder = new(Install);

    /// <summary>Why they cannot run, or <see langword="null"/>.</summary>
    public static string? WhyAbsent { get; } = new[] { "node", "npm" }.Where(program => !Exists(program))
        .Select(program => $"The reference tokenizers are npm packages, and {program} is absent.").FirstOrDefault();

    /// <summary>Encodes texts with tokenizers, which the references read from what we write of ours.</summary>
    /// <returns>For each tokenizer, the answer to each of its texts.</returns>
    public static IReadOnlyList<IReadOnlyList<ReferenceEncoding>> Encode(IReadOnlyList<(TransformerTokenizer Tokenizer, IReadOnlyList<ReferenceText> Texts)> tasks)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("transformers-");
        try
        {
            string task = Path.Combine(folder.FullName, "task.json"), answer = Path.Combine(folder.FullName, "answer.json");
            var entries = tasks.Select((entry, index) =>
            {
                string file = Path.Combine(folder.FullName, $"tokenizer{index}.json");
                entry.Tokenizer.Save(file);
                return new { file, texts = entry.Texts };
            }).ToList();
            File.WriteAllText(task, JsonSerializer.Serialize(entries, s_json));
            Run("node", ["encode.mjs", task, answer], s_folder.Value);
            return JsonSerializer.Deserialize<List<List<ReferenceEncoding>>>(File.ReadAllBytes(answer), s_json)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Install()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Tokenizers", "Reference");
        string installed = Path.Combine(folder, "node_modules", ".package-lock.json");
        if (!File.Exists(installed) || File.GetLastWriteTimeUtc(installed) < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
        {
            Run("npm", ["ci", "--no-audit", "--no-fund"], folder);
        }

        return folder;
    }

    private static bool Exists(string program)
    {
        try
        {
            Run(program, ["--version"], AppContext.BaseDirectory);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static void Run(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TOKENIZERS_PARALLELISM"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {output.Result}{errors.Result}");
        }
    }
}

/// <summary>What a reference is to encode.</summary>
/// <param name="Text">The text.</param>
/// <param name="Pair">The text that belongs to it, if there is one.</param>
/// <param name="AddSpecialTokens">Whether the post-processor adds special tokens.</param>
internal sealed record ReferenceText(string Text, string? Pair = null, bool AddSpecialTokens = true);

/// <summary>What the references make of a text.</summary>
/// <param name="JavaScript">The ids of the one in JavaScript; null where it fails.</param>
/// <param name="Rust">All that the one in Rust says.</param>
internal sealed record ReferenceEncoding(int?[]? JavaScript, RustEncoding Rust);

/// <summary>What the Rust reference makes of a text; offsets count code points.</summary>
internal sealed record RustEncoding(
    int[] Ids,
    int[] TypeIds,
    int[] AttentionMask,
    int[] SpecialTokensMask,
    string[] Tokens,
    int?[] WordIds,
    int[][] Offsets,
    RustEncoding[] Overflowing,
    string? Decoded);

/// <summary>A test of several cases that needs the reference tokenizers and is skipped, with the reason, where they cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute() => Skip = ReferenceTokenizers.WhyAbsent;

    /// <summary>Whether it needs <see cref="SharedData"/> too.</summary>
    public bool NeedsSharedData
    {
        get => SharedData.WhyAbsent is not null;
        set => Skip ??= value ? SharedData.WhyAbsent : null;
    }
}
