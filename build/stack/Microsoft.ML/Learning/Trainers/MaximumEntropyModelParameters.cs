[assembly: LoadableClass(typeof(Microsoft.ML.Trainers.MaximumEntropyModelParameters), null, typeof(SignatureLoadModel),
    "Multiclass LR Executor", Microsoft.ML.Trainers.MaximumEntropyModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers;

/// <summary>A softmax over linear functions of the features: the probability of each class.</summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
{
    internal const string LoaderSignature = "MultiClassLRExec";
    private const string StatisticsName = "ModelStats";

    internal MaximumEntropyModelParameters(IHostEnvironment env, LinearScores scores, ModelStatisticsBase statistics)
        : base(env, "MulticlassLogisticRegressionPredictor", scores, statistics)
    {
    }

    private static VersionInfo Version =>
        new("MULTI LR", 0x00010001, 0x00010001, 0x00010001, typeof(MaximumEntropyModelParameters).Assembly.FullName, LoaderSignature);

    internal override void Predict(in VBuffer<float> features, Span<float> output)
    {
        Scores.Score(features, output);
        var logPartition = MaximumEntropyLoss.LogSumExp(output);
        foreach (ref var score in output)
            score = (float)Math.Exp(score - logPartition);
    }

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        Scores.Save(ctx.Writer);
        if (Statistics is not null)
            ctx.SaveModel(Statistics, StatisticsName);
    }

    private static MaximumEntropyModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var scores = LinearScores.Load(ctx.Reader);
        ctx.LoadModelOrNull<ModelStatisticsBase, SignatureLoadModel>(env, out var statistics, StatisticsName);
        return new(env, scores, statistics);
    }
}
