using System.Globalization;
using System.Text;

[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.TextExpandingTransformer), null, typeof(SignatureLoadModel),
    "Text Expanding Transform", Microsoft.ML.Transforms.Text.TextExpandingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Makes "spam spam egg " of "spam:2;egg:1".</summary>
internal sealed class TextExpandingTransformer : OneToOneTransformerBase
{
    public const string LoaderSignature = "TextExpandTransform";

    private readonly char _termSeparator;
    private readonly char _frequencySeparator;

    public TextExpandingTransformer(IHostEnvironment environment, string column, char termSeparator, char frequencySeparator)
        : base(environment.Register(nameof(TextExpandingTransformer)), [(column, column)]) =>
        (_termSeparator, _frequencySeparator) = (termSeparator, frequencySeparator);

    private TextExpandingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => (_termSeparator, _frequencySeparator) = (context.Reader.ReadChar(), context.Reader.ReadChar());

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input) =>
        MappedColumn.Create(output, TextDataViewType.Instance, null, [input],
            row => MakeGetter(row.GetGetter<ReadOnlyMemory<char>>(input)));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write(_termSeparator);
        context.Writer.Write(_frequencySeparator);
    }

    private static TextExpandingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(TextExpandingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("TEXT EXP", LoaderSignature);

    private ValueGetter<ReadOnlyMemory<char>> MakeGetter(ValueGetter<ReadOnlyMemory<char>> get)
    {
        ReadOnlyMemory<char> text = default;
        var expanded = new StringBuilder();
        return (ref ReadOnlyMemory<char> value) =>
        {
            get(ref text);
            expanded.Clear();
            foreach (var term in text.Span.Split(_termSeparator))
                Expand(text.Span[term], expanded);
            value = expanded.ToString().AsMemory();
        };
    }

    private void Expand(ReadOnlySpan<char> term, StringBuilder expanded)
    {
        var end = term.IndexOf(_frequencySeparator);
        var name = end < 0 ? term : term[..end];
        var hasFrequency = end >= 0 && term[(end + 1)..].IndexOf(_frequencySeparator) < 0;
        for (var left = hasFrequency ? int.Parse(term[(end + 1)..], CultureInfo.CurrentCulture) : 1; left > 0; left--)
            expanded.Append(name).Append(' ');
    }
}
