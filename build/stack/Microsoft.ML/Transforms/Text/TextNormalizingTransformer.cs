using System.Text;

[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.TextNormalizingTransformer), null, typeof(SignatureLoadModel),
    "Text Normalizer Transform", Microsoft.ML.Transforms.Text.TextNormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Brings text to normal form.</summary>
public sealed class TextNormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TextNormalizerTransform";

    private readonly TextNormalizer _normalizer;

    internal TextNormalizingTransformer(
        IHostEnvironment environment, TextNormalizer normalizer, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TextNormalizingTransformer)), columns) => _normalizer = normalizer;

    private TextNormalizingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _normalizer = new TextNormalizer(
            (TextNormalizingEstimator.CaseMode)context.Reader.ReadByte(),
            context.Reader.ReadBoolean(), context.Reader.ReadBoolean(), context.Reader.ReadBoolean());

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        input.CheckText(Host, TextNormalizingEstimator.Expected);
        return input.Type is VectorDataViewType
            ? MappedColumn.Create(output, new VectorDataViewType(TextDataViewType.Instance), null, [input],
                row => VectorGetter(row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(input)))
            : MappedColumn.Create(output, TextDataViewType.Instance, null, [input],
                row => ScalarGetter(row.GetGetter<ReadOnlyMemory<char>>(input)));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write((byte)_normalizer.CaseMode);
        context.Writer.Write(_normalizer.KeepDiacritics);
        context.Writer.Write(_normalizer.KeepPunctuations);
        context.Writer.Write(_normalizer.KeepNumbers);
    }

    private static TextNormalizingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(TextNormalizingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("TEXTNORM", LoaderSignature);

    private ValueGetter<ReadOnlyMemory<char>> ScalarGetter(ValueGetter<ReadOnlyMemory<char>> get)
    {
        var buffer = new StringBuilder();
        ReadOnlyMemory<char> text = default;
        return (ref ReadOnlyMemory<char> value) =>
        {
            get(ref text);
            value = _normalizer.Normalize(text, buffer);
        };
    }

    /// <summary>What becomes empty is left out.</summary>
    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> VectorGetter(ValueGetter<VBuffer<ReadOnlyMemory<char>>> get)
    {
        var buffer = new StringBuilder();
        var kept = new List<ReadOnlyMemory<char>>();
        VBuffer<ReadOnlyMemory<char>> texts = default;
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            get(ref texts);
            kept.Clear();
            foreach (var text in texts.GetValues())
            {
                var normal = _normalizer.Normalize(text, buffer);
                if (!normal.IsEmpty)
                    kept.Add(normal);
            }
            TextVectors.Fill(ref value, kept);
        };
    }
}
