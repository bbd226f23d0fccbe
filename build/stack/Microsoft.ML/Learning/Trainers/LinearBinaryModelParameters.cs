[assembly: LoadableClass(typeof(Microsoft.ML.Trainers.LinearBinaryModelParameters), null, typeof(SignatureLoadModel),
    "Linear Binary", Microsoft.ML.Trainers.LinearBinaryModelParameters.LoaderSignature)]

namespace Microsoft.ML.Trainers;

/// <summary>A linear function whose sign tells two classes apart.</summary>
public sealed class LinearBinaryModelParameters : LinearModelParameters
{
    public readonly ModelStatisticsBase Statistics;

    internal const string LoaderSignature = "Linear2CExec";
    private const string StatisticsName = "ModelStats";

    internal LinearBinaryModelParameters(IHostEnvironment env, LinearScores scores, ModelStatisticsBase statistics)
        : base(env, nameof(LinearBinaryModelParameters), scores) => Statistics = statistics;

    private static VersionInfo Version =>
        new("LINEAR2C", 0x00010001, 0x00010001, 0x00010001, typeof(LinearBinaryModelParameters).Assembly.FullName, LoaderSignature);

    private protected override void SaveCore(ModelSaveContext ctx)
    {
        ctx.SetVersionInfo(Version);
        Scores.Save(ctx.Writer);
        if (Statistics is not null)
            ctx.SaveModel(Statistics, StatisticsName);
    }

    private static LinearBinaryModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        var scores = LinearScores.Load(ctx.Reader);
        ctx.LoadModelOrNull<ModelStatisticsBase, SignatureLoadModel>(env, out var statistics, StatisticsName);
        return new(env, scores, statistics);
    }
}
