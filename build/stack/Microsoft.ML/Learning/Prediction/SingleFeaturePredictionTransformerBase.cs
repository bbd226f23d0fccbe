namespace Microsoft.ML.Data;

/// <summary>A transformer that adds the predictions of a model from one column of features.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel>
    : PredictionTransformerBase<TModel>, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(IHost host, TModel model, string featureColumn, DataViewType featureType)
        : base(host, model) => (FeatureColumnName, FeatureColumnType) = (featureColumn, featureType);

    private protected SingleFeaturePredictionTransformerBase(IHost host, ModelLoadContext ctx, TModel model)
        : base(host, model)
    {
        FeatureColumnName = ctx.LoadNonEmptyString();
        FeatureColumnType = ValueCodec.ReadType(ctx.Reader);
    }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        inputSchema.Input(Host, FeatureColumnName, type => type.Equals(FeatureColumnType), FeatureColumnType.ToString(), "feature");
        return Bind(inputSchema).OutputSchema;
    }

    private protected sealed override RowMapping Bind(DataViewSchema inputSchema)
    {
        var features = inputSchema.InRole(FeatureColumnName, "Feature");
        if (features.Type.GetItemType() != NumberDataViewType.Single)
        {
            throw Host.Except("Incompatible features column type item type: '{0}' vs '{1}'",
                features.Type.GetItemType(), FeatureColumnType.GetItemType());
        }

        if (features.Type.GetVectorSize() != FeatureColumnType.GetVectorSize())
            throw Host.Except("Incompatible features column type: '{0}' vs '{1}'", features.Type, FeatureColumnType);
        return new(Host, inputSchema, MapColumns(inputSchema, features));
    }

    private protected abstract IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema, DataViewSchema.Column features);

    private protected void SaveFeatures(ModelSaveContext ctx)
    {
        ctx.SaveModel(Model, ModelName);
        ctx.SaveNonEmptyString(FeatureColumnName);
        ValueCodec.WriteType(ctx.Writer, FeatureColumnType);
    }
}
