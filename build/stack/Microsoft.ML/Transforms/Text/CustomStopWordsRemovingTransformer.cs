[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.CustomStopWordsRemovingTransformer), null, typeof(SignatureLoadModel),
    "Custom Stopwords Remover Transform", Microsoft.ML.Transforms.Text.CustomStopWordsRemovingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Takes given words, in any case, out of vectors of words.</summary>
public sealed class CustomStopWordsRemovingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CustomStopWords";

    private readonly HashSet<string> _stopWords;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal CustomStopWordsRemovingTransformer(
        IHostEnvironment environment, string[] stopWords, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(CustomStopWordsRemovingTransformer)), columns)
    {
        _stopWords = new HashSet<string>(
            stopWords.Select(word => word.Trim(' ').ToLowerInvariant()).Where(word => word.Length > 0), StringComparer.Ordinal);
        _lookup = _stopWords.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private CustomStopWordsRemovingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
        _stopWords = new HashSet<string>(StringComparer.Ordinal);
        for (var left = context.Reader.ReadInt32(); left > 0; left--)
            _stopWords.Add(context.LoadNonEmptyString());
        _lookup = _stopWords.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType { ItemType: TextDataViewType })
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, "Vector of String", input.Type.ToString());
        return MappedColumn.Create(output, new VectorDataViewType(TextDataViewType.Instance), null, [input],
            row => MakeGetter(row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(input)));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write(_stopWords.Count);
        foreach (var word in _stopWords)
            context.SaveNonEmptyString(word);
    }

    private static CustomStopWordsRemovingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(CustomStopWordsRemovingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("CSTOPWRD", LoaderSignature);

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> MakeGetter(ValueGetter<VBuffer<ReadOnlyMemory<char>>> get)
    {
        VBuffer<ReadOnlyMemory<char>> words = default;
        var kept = new List<ReadOnlyMemory<char>>();
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            get(ref words);
            kept.Clear();
            foreach (var word in words.GetValues())
            {
                if (!word.IsEmpty && !IsStopWord(word.Span))
                    kept.Add(word);
            }
            TextVectors.Fill(ref value, kept);
        };
    }

    private bool IsStopWord(ReadOnlySpan<char> word)
    {
        const int Short = 64;
        Span<char> lower = word.Length <= Short ? stackalloc char[Short] : new char[word.Length];
        return _lookup.Contains(lower[..word.ToLowerInvariant(lower)]);
    }
}
