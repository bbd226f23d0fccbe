[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.Text.TokenizingByCharactersTransformer), null, typeof(SignatureLoadModel),
    "Character Tokenizer Transform", Microsoft.ML.Transforms.Text.TokenizingByCharactersTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms.Text;

/// <summary>Splits text into its characters, as keys, with marks at its start and end.</summary>
public sealed class TokenizingByCharactersTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CharToken";

    private readonly bool _usesMarkers;

    internal TokenizingByCharactersTransformer(
        IHostEnvironment environment, bool usesMarkers, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(TokenizingByCharactersTransformer)), columns) => _usesMarkers = usesMarkers;

    private TokenizingByCharactersTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _usesMarkers = context.Reader.ReadBoolean();

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (!TextVectors.IsText(input.Type))
            throw Host.ExceptParam("inputSchema", TokenizingByCharactersEstimator.Expected);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        annotations.AddKeyValues<ReadOnlyMemory<char>>(CharacterKeys.Count, TextDataViewType.Instance, CharacterKeys.GetNames);
        return MappedColumn.Create(output, new VectorDataViewType(new KeyDataViewType(typeof(ushort), CharacterKeys.Count)),
            annotations.ToAnnotations(), [input],
            row => MakeGetter(TextVectors.MakeReader(row.Input, input), marksEmpty: input.Type is VectorDataViewType));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.Writer.Write(_usesMarkers);
    }

    private static TokenizingByCharactersTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(TokenizingByCharactersTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("CHARTOKN", LoaderSignature);

    /// <summary>The texts of a vector become one sequence with separators between; an empty vector is marked, an empty text is not.</summary>
    private ValueGetter<VBuffer<ushort>> MakeGetter(Action<List<ReadOnlyMemory<char>>> read, bool marksEmpty)
    {
        var texts = new List<ReadOnlyMemory<char>>();
        var keys = new List<ushort>();
        return (ref VBuffer<ushort> value) =>
        {
            read(texts);
            keys.Clear();
            var marked = _usesMarkers && (marksEmpty || !texts[0].IsEmpty);
            if (marked)
                keys.Add(CharacterKeys.TextStart);
            for (var i = 0; i < texts.Count; i++)
            {
                if (texts[i].IsEmpty)
                    continue;
                if (i > 0)
                    keys.Add(CharacterKeys.UnitSeparator);
                foreach (var c in texts[i].Span)
                    keys.Add(c);
            }
            if (marked)
                keys.Add(CharacterKeys.TextEnd);
            var editor = VBufferEditor.Create(ref value, keys.Count);
            keys.CopyTo(editor.Values);
            value = editor.Commit();
        };
    }
}
