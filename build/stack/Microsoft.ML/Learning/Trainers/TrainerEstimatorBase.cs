namespace Microsoft.ML.Trainers;

/// <summary>A trainer over one column of features, one of labels and perhaps one of weights.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;

    public readonly SchemaShape.Column LabelColumn;

    public readonly SchemaShape.Column WeightColumn;

    private protected readonly IHost Host;

    private protected TrainerEstimatorBase(
        IHost host, SchemaShape.Column feature, SchemaShape.Column label, SchemaShape.Column weight = default) =>
        (Host, FeatureColumn, LabelColumn, WeightColumn) = (host, feature, label, weight);

    public abstract TrainerInfo Info { get; }

    public TTransformer Fit(IDataView input) => TrainTransformer(input, null);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Host.CheckValue(inputSchema, nameof(inputSchema));
        CheckInputSchema(inputSchema);
        return inputSchema.With(GetOutputColumns(inputSchema));
    }

    private protected TTransformer TrainTransformer(IDataView trainSet, object initialModel)
    {
        CheckInputSchema(SchemaShape.Create(Host.CheckValue(trainSet, "input").Schema));
        return MakeTransformer(TrainModel(trainSet, initialModel), trainSet.Schema);
    }

    private protected abstract SchemaShape.Column[] GetOutputColumns(SchemaShape inputSchema);

    /// <summary>Learns from scratch, or on from an initial model where there is one.</summary>
    private protected abstract TModel TrainModel(IDataView data, object initialModel);

    private protected abstract TTransformer MakeTransformer(TModel model, DataViewSchema trainSchema);

    private void CheckInputSchema(SchemaShape inputSchema)
    {
        Check(FeatureColumn, "feature", nameof(inputSchema));
        if (WeightColumn.IsValid)
            Check(WeightColumn, "weight", nameof(inputSchema));
        if (LabelColumn.IsValid)
            Check(LabelColumn, "label", "labelCol");

        void Check(SchemaShape.Column wanted, string role, string parameter)
        {
            var column = inputSchema.Input(Host, wanted.Name, role);
            if (!wanted.IsCompatibleWith(column))
                throw Host.ExceptSchemaMismatch(parameter, role, wanted.Name, wanted.GetTypeString(), column.GetTypeString());
        }
    }
}
