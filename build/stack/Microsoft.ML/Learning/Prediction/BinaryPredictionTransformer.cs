using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>>),
    typeof(BinaryPredictionTransformer), null, typeof(SignatureLoadModel), "", BinaryPredictionTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Adds whether the score is above a threshold, the score, and its probability.</summary>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel>
    where TModel : class
{
    internal readonly string ThresholdColumn;
    internal readonly float Threshold;
    private readonly CalibratedModelParametersBase _model;

    internal BinaryPredictionTransformer(
        IHostEnvironment env, TModel model, DataViewSchema trainSchema, string featureColumn)
        : this(env, model, featureColumn, trainSchema[featureColumn].Type, 0, DefaultColumnNames.Score)
    {
    }

    internal BinaryPredictionTransformer(
        IHostEnvironment env, TModel model, string featureColumn, DataViewType featureType, float threshold, string thresholdColumn)
        : base(env.Register("BinaryPredictionTransformer"), model, featureColumn, featureType)
    {
        _model = (CalibratedModelParametersBase)(object)model;
        (Threshold, ThresholdColumn) = (threshold, thresholdColumn);
    }

    internal BinaryPredictionTransformer(IHostEnvironment env, ModelLoadContext ctx, TModel model)
        : base(env.Register("BinaryPredictionTransformer"), ctx, model)
    {
        _model = (CalibratedModelParametersBase)(object)model;
        Threshold = ctx.Reader.ReadSingle();
        ThresholdColumn = ctx.LoadNonEmptyString();
    }

    private protected override IEnumerable<MappedColumn> MapColumns(DataViewSchema inputSchema, DataViewSchema.Column features)
    {
        var annotations = new PredictionAnnotations("BinaryClassification", inputSchema);
        var usesProbability = ThresholdColumn == DefaultColumnNames.Probability;
        yield return Column<bool>(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance, annotations.ForPredictedLabel(),
            score => (usesProbability ? Probability(score) : score) > Threshold);
        yield return Column<float>(DefaultColumnNames.Score, NumberDataViewType.Single, annotations.ForScore(), score => score);
        yield return Column<float>(DefaultColumnNames.Probability, NumberDataViewType.Single, annotations.ForProbability(), Probability);

        MappedColumn Column<T>(string name, DataViewType type, DataViewSchema.Annotations columnAnnotations, Func<float, T> value) =>
            MappedColumn.Create<T>(name, type, columnAnnotations, [features], row =>
            {
                var score = row.Shared(shared => new RowScore((LinearModelParameters)_model.SubModel, shared, features));
                return (ref T destination) => destination = value(score.Current);
            });
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(BinaryPredictionTransformer.Version);
        SaveFeatures(ctx);
        ctx.Writer.Write(Threshold);
        ctx.SaveNonEmptyString(ThresholdColumn);
    }

    private float Probability(float score) => _model.Calibrator.PredictProbability(score);
}

/// <summary>Loads a binary prediction transformer with the model that it was saved with.</summary>
internal static class BinaryPredictionTransformer
{
    public const string LoaderSignature = "BinaryPredXfer";

    public static VersionInfo Version =>
        new("BIN PRED", 0x00010001, 0x00010001, 0x00010001, typeof(BinaryPredictionTransformer).Assembly.FullName, LoaderSignature);

    private static BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> Create(
        IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ctx.LoadModel<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>, SignatureLoadModel>(env, out var model, "Model");
        return new(env, ctx, model);
    }
}
