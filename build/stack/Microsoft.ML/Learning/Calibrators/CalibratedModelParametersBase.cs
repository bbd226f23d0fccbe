namespace Microsoft.ML.Calibrators;

/// <summary>A model that scores and a calibrator that makes probabilities of the scores.</summary>
public abstract class CalibratedModelParametersBase
{
    private protected CalibratedModelParametersBase(object subModel, ICalibrator calibrator) =>
        (SubModel, Calibrator) = (subModel, calibrator);

    public object SubModel { get; }

    public ICalibrator Calibrator { get; }
}

/// <summary>A model that scores and a calibrator that makes probabilities of the scores, of known types.</summary>
public abstract class CalibratedModelParametersBase<TSubModel, TCalibrator> : CalibratedModelParametersBase
    where TSubModel : class
    where TCalibrator : class, ICalibrator
{
    private protected CalibratedModelParametersBase(TSubModel subModel, TCalibrator calibrator)
        : base(subModel, calibrator) => (SubModel, Calibrator) = (subModel, calibrator);

    public new TSubModel SubModel { get; }

    public new TCalibrator Calibrator { get; }
}
