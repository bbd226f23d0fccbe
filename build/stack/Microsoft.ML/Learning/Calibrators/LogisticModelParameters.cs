using Microsoft.ML.Trainers;

[assembly: LoadableClass(typeof(Microsoft.ML.Calibrators.LogisticModelParameters), null, typeof(SignatureLoadModel),
    "Logistic Regression Executor", Microsoft.ML.Calibrators.LogisticModelParameters.LoaderSignature)]

namespace Microsoft.ML.Calibrators;

/// <summary>Logistic regression: a linear function under the logistic function.</summary>
internal sealed class LogisticModelParameters(LinearBinaryModelParameters linear, PlattCalibrator calibrator)
    : CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>(linear, calibrator), ICanSaveModel
{
    internal const string LoaderSignature = "PMixCaliPredExec";
    private const string LinearName = "Predictor";
    private const string CalibratorName = "Calibrator";

    private static VersionInfo Version =>
        new("PMIXCALP", 0x00010001, 0x00010001, 0x00010001, typeof(LogisticModelParameters).Assembly.FullName, LoaderSignature);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.SaveModel(SubModel, LinearName);
        ctx.SaveModel(Calibrator, CalibratorName);
    }

    private static LogisticModelParameters Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        ctx.LoadModel<LinearBinaryModelParameters, SignatureLoadModel>(env, out var linear, LinearName);
        ctx.LoadModel<PlattCalibrator, SignatureLoadModel>(env, out var calibrator, CalibratorName);
        return new(linear, calibrator);
    }
}
