[assembly: LoadableClass(typeof(Microsoft.ML.Trainers.ModelStatisticsBase), null, typeof(SignatureLoadModel),
    "Model Statistics", Microsoft.ML.Trainers.ModelStatisticsBase.LoaderSignature)]

namespace Microsoft.ML.Trainers;

/// <summary>How well a model fits the data that it was trained on.</summary>
public class ModelStatisticsBase : ICanSaveModel
{
    public readonly long TrainingExampleCount;

    /// <summary>Twice the negative log-likelihood of the training labels under the model.</summary>
    public readonly float Deviance;

    /// <summary>The same under a model that knows the classes' shares only.</summary>
    public readonly float NullDeviance;

    public readonly int ParametersCount;

    internal const string LoaderSignature = "ModelStats";

    internal ModelStatisticsBase(long trainingExampleCount, int parametersCount, float deviance, float nullDeviance) =>
        (TrainingExampleCount, ParametersCount, Deviance, NullDeviance) = (trainingExampleCount, parametersCount, deviance, nullDeviance);

    private static VersionInfo Version =>
        new("MOD STAT", 0x00010001, 0x00010001, 0x00010001, typeof(ModelStatisticsBase).Assembly.FullName, LoaderSignature);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(TrainingExampleCount);
        ctx.Writer.Write(ParametersCount);
        ctx.Writer.Write(Deviance);
        ctx.Writer.Write(NullDeviance);
    }

    private static ModelStatisticsBase Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(ctx.Reader.ReadInt64(), ctx.Reader.ReadInt32(), ctx.Reader.ReadSingle(), ctx.Reader.ReadSingle());
    }
}
