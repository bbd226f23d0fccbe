[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel),
    "Term Transform", Microsoft.ML.Transforms.ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns values into keys; a value that is not in the vocabulary is the missing key.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private readonly (KeyVocabulary Vocabulary, bool ValuesAsText)[] _maps;

    internal ValueToKeyMappingTransformer(IHost host, params (ValueToKeyColumn Column, KeyVocabulary Vocabulary)[] columns)
        : base(host, [.. columns.Select(column => (column.Column.OutputColumnName, column.Column.InputColumnName))]) =>
        _maps = [.. columns.Select(column => (column.Vocabulary, column.Column.ValuesAsText))];

    private ValueToKeyMappingTransformer(IHost host, ModelLoadContext context)
        : base(host, context) => _maps = [.. ColumnPairs.Select(_ => LoadMap(context.Reader))];

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        var (vocabulary, asText) = _maps[pair];
        var itemType = input.Type.GetItemType();
        if (!itemType.Equals(vocabulary.ItemType))
            throw Host.Except($"Could not apply a map over type '{vocabulary.ItemType}' to column '{output}' since it has type '{itemType}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        vocabulary.AddAnnotation(annotations, input, asText);
        annotations.Add(input.Annotations, name => name == AnnotationKinds.SlotNames);
        return MappedColumn.Create(output, input.Type.WithItems(vocabulary.KeyType), annotations.ToAnnotations(), [input],
            row => vocabulary.MakeGetter(row.Input, input));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        foreach (var (vocabulary, asText) in _maps)
        {
            context.Writer.Write(asText);
            vocabulary.Save(context.Writer);
        }
    }

    private static (KeyVocabulary, bool) LoadMap(BinaryReader reader)
    {
        var asText = reader.ReadBoolean();
        return (KeyVocabulary.Load(reader), asText);
    }

    private static ValueToKeyMappingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(ValueToKeyMappingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("TERMTRNF", LoaderSignature);
}
