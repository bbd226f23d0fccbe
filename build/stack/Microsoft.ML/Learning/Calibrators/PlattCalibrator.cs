[assembly: LoadableClass(typeof(Microsoft.ML.Calibrators.PlattCalibrator), null, typeof(SignatureLoadModel),
    "Platt Calibration Executor", Microsoft.ML.Calibrators.PlattCalibrator.LoaderSignature)]

namespace Microsoft.ML.Calibrators;

/// <summary>The logistic function 1 / (1 + exp(slope * score + offset)).</summary>
public sealed class PlattCalibrator : ICalibrator, ICanSaveModel
{
    internal const string LoaderSignature = "PlattCaliExec";

    internal PlattCalibrator(double slope, double offset) => (Slope, Offset) = (slope, offset);

    public double Slope { get; }

    public double Offset { get; }

    private static VersionInfo Version =>
        new("PLATTCAL", 0x00010001, 0x00010001, 0x00010001, typeof(PlattCalibrator).Assembly.FullName, LoaderSignature);

    public float PredictProbability(float output) =>
        float.IsNaN(output) ? output : (float)(1 / (1 + Math.Exp(Slope * output + Offset)));

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.CheckAtModel();
        ctx.SetVersionInfo(Version);
        ctx.Writer.Write(Slope);
        ctx.Writer.Write(Offset);
    }

    private static PlattCalibrator Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version);
        return new(ctx.Reader.ReadDouble(), ctx.Reader.ReadDouble());
    }
}
