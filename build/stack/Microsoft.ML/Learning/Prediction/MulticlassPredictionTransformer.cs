using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(MulticlassPredictionTransformer<MaximumEntropyModelParameters>), typeof(MulticlassPredictionTransformer), null,
    typeof(SignatureLoadModel), "", MulticlassPredictionTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Adds the predicted class as a key, and the scores of all classes.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    private readonly LinearMulticlassModelParametersBase _model;
    private readonly LabelValues _labelValues;

    internal MulticlassPredictionTransformer(IHostEnvironment env, TModel model, DataViewSchema trainSchema, string featureColumn, string labelColumn)
        : base(env.Register("MulticlassPredictionTransformer"), model, featureColumn, trainSchema[featureColumn].Type)
    {
        _model = (LinearMulticlassModelParametersBase)(object)model;
        _labelValues = LabelValues.OfOrNull(trainSchema[labelColumn], _model.NumberOfClasses);
    }

    internal MulticlassPredictionTransformer(IHostEnvironment env, ModelLoadContext ctx, TModel model)
        : base(env.Register("MulticlassPredictionTransformer"), ctx, model)
    {
        _model = (LinearMulticlassModelParametersBase)(object)model;
        _labelValues = ctx.Reader.ReadBoolean() ? LabelValues.Load(ctx.Reader) : null;
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema, DataViewSchema.Column features)
    {
        var annotations = new PredictionAnnotations("MulticlassClassification", inputSchema);
        yield return MappedColumn.Create<uint>(
            DefaultColumnNames.PredictedLabel, new KeyDataViewType(typeof(uint), _model.NumberOfClasses),
            annotations.ForPredictedLabel(_labelValues), [features], row =>
            {
                var scores = row.Shared(shared => new RowScores(_model, shared, features));
                return (ref uint label) => label = scores.Best;
            });
        yield return MappedColumn.Create<VBuffer<float>>(
            DefaultColumnNames.Score, new VectorDataViewType(NumberDataViewType.Single, _model.NumberOfClasses),
            annotations.ForScore(_labelValues), [features], row =>
            {
                var scores = row.Shared(shared => new RowScores(_model, shared, features));
                return (ref VBuffer<float> destination) =>
                {
                    var editor = VBufferEditor.Create(ref destination, _model.NumberOfClasses);
                    scores.Current.CopyTo(editor.Values);
                    destination = editor.Commit();
                };
            });
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(MulticlassPredictionTransformer.Version);
        SaveFeatures(ctx);
        ctx.Writer.Write(_labelValues is not null);
        _labelValues?.Save(ctx.Writer);
    }
}

/// <summary>Loads a multiclass prediction transformer with the model that it was saved with.</summary>
internal static class MulticlassPredictionTransformer
{
    public const string LoaderSignature = "MulticlassPredXfer";

    public static VersionInfo Version =>
        new("MC  PRED", 0x00010001, 0x00010001, 0x00010001, typeof(MulticlassPredictionTransformer).Assembly.FullName, LoaderSignature);

    private static MulticlassPredictionTransformer<MaximumEntropyModelParameters> Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ctx.LoadModel<MaximumEntropyModelParameters, SignatureLoadModel>(env, out var model, "Model");
        return new(env, ctx, model);
    }
}
