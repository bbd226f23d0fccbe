using System.Buffers;

[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.WordTokenizingTransformer), null, typeof(SignatureLoadModel),
    "Tokenize Text Transform", Microsoft.ML.Transforms.Text.WordTokenizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into words at separators.</summary>
public sealed class WordTokenizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TokenizeTextTransform";

    private readonly char[] _separators;

    internal WordTokenizingTransformer(
        IHostEnvironment environment, char[] separators, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(WordTokenizingTransformer)), columns) => _separators = separators ?? [' '];

    private WordTokenizingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _separators = context.LoadNonEmptyString().ToCharArray();

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        input.CheckText(Host, WordTokenizingEstimator.Expected);
        return MappedColumn.Create(output, new VectorDataViewType(TextDataViewType.Instance), null, [input],
            row => MakeGetter(TextVectors.MakeReader(row.Input, input)));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.SaveNonEmptyString(new string(_separators));
    }

    private static WordTokenizingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(WordTokenizingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("WRDTOKNS", LoaderSignature);

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> MakeGetter(Action<List<ReadOnlyMemory<char>>> read)
    {
        var separators = SearchValues.Create(_separators);
        var texts = new List<ReadOnlyMemory<char>>();
        var words = new List<ReadOnlyMemory<char>>();
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            read(texts);
            words.Clear();
            foreach (var text in texts)
                Split(text, separators, words);
            TextVectors.Fill(ref value, words);
        };
    }

    private static void Split(ReadOnlyMemory<char> text, SearchValues<char> separators, List<ReadOnlyMemory<char>> words)
    {
        for (var rest = text; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOfAny(separators);
            var word = (end < 0 ? rest : rest[..end]).Trim(' ');
            if (!word.IsEmpty)
                words.Add(word);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }
}
