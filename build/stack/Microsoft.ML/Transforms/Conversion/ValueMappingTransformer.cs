[assembly: LoadableClass(typeof(Microsoft.ML.Transforms.ValueMappingTransformer), null, typeof(SignatureLoadModel),
    "Value Mapping Transform", Microsoft.ML.Transforms.ValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to others by a table; what is not in it becomes the default value.</summary>
public class ValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ValueMappingTransformer";
    private const string MapStream = "DefaultMap.bin";

    internal ValueMappingTransformer(
        IHostEnvironment environment, ValueMap map, params (string OutputColumnName, string InputColumnName)[] columns)
        : base(environment.Register(nameof(ValueMappingTransformer)), columns) => Map = map;

    private ValueMappingTransformer(IHost host, ModelLoadContext context)
        : base(host, context)
    {
        ValueMap map = null;
        if (!context.TryLoadBinaryStream(MapStream, reader => map = ValueMap.Load(reader)))
            throw host.ExceptDecode();
        Map = map;
    }

    internal ValueMap Map { get; }

    internal void CheckScalarValues(string input)
    {
        if (Map.ValueType is VectorDataViewType)
            throw Host.ExceptNotSupp($"Column '{input}' cannot be mapped to values when the column and the map values are both vector type.");
    }

    private protected override MappedColumn MapColumn(int pair, string output, DataViewSchema.Column input)
    {
        if (!input.Type.GetItemType().Equals(Map.KeyType))
            throw Host.ExceptSchemaMismatch("inputSchema", "input", input.Name, Map.KeyType.ToString(), input.Type.ToString());
        if (input.Type is VectorDataViewType)
            CheckScalarValues(input.Name);
        var type = input.Type is VectorDataViewType ? new VectorDataViewType(PrimitiveTypes.Of(Map.ValueType.RawType)) : Map.ValueType;
        return MappedColumn.Create(output, type, Map.Annotations, [input], row => Map.MakeGetter(row.Input, input));
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.CheckAtModel();
        context.SetVersionInfo(GetVersionInfo());
        SaveColumns(context);
        context.SaveBinaryStream(MapStream, Map.Save);
    }

    private static ValueMappingTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        context.CheckAtModel(GetVersionInfo());
        return new(environment.Register(nameof(ValueMappingTransformer)), context);
    }

    private static VersionInfo GetVersionInfo() => StageVersion.Of("VALUMAPG", LoaderSignature);
}
