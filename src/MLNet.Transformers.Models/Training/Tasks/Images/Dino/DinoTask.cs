using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Trains a backbone without labels: the student is to say of every view of an image what the teacher says of the views of nearly all of
/// it (<see href="https://arxiv.org/abs/2104.14294">Caron et al., 2021</see>). Its metric is how much the teacher's answers tell of
/// which image it was, which is 0 when they have collapsed.
/// </summary>
/// <param name="model">Student and teacher.</param>
/// <param name="views">What they see.</param>
public sealed class DinoTask(DinoModel model, DinoViews views) : TrainingTask<UnlabeledImage>(model)
{
    private const string OfTeacher = "teacher.";
    private const string OfStudent = "student.";

    // The mean scores of the step's batches so far, which move the centre after it.
    private readonly List<Tensor> means = [];

    /// <summary>What the student's scores are divided by before the softmax.</summary>
    public double StudentTemperature { get; init; } = 0.1;

    /// <summary>What the teacher's scores are divided by before the softmax, after it has risen.</summary>
    public double TeacherTemperature { get; init; } = 0.04;

    /// <summary>The teacher's temperature at first.</summary>
    public double TeacherTemperatureStart { get; init; } = 0.04;

    /// <summary>Share of the steps in which the teacher's temperature rises.</summary>
    public double TeacherTemperatureWarmUp { get; init; }

    /// <summary>How much the centre keeps of itself at each step.</summary>
    public double CentreMomentum { get; init; } = 0.9;

    /// <summary>How much the teacher keeps of itself at the first step; along half a cosine it comes to keep everything.</summary>
    public double TeacherMomentum { get; init; } = 0.996;

    /// <summary>Number of epochs in which the student's prototypes stay as they are.</summary>
    public int FrozenPrototypeEpochs { get; init; } = 1;

    /// <summary>Where the model is; null for the CPU.</summary>
    public Device? Device { get; init; }

    /// <inheritdoc/>
    public override string MetricName => "information";

    /// <inheritdoc/>
    public override object Settings => new
    {
        Views = views,
        StudentTemperature,
        TeacherTemperature,
        TeacherTemperatureStart,
        TeacherTemperatureWarmUp,
        CentreMomentum,
        TeacherMomentum,
        FrozenPrototypeEpochs,
    };

    /// <inheritdoc/>
    public override int LengthOf(UnlabeledImage example) => 1;

    /// <summary>All views of the images.</summary>
    public override IDisposable Prepare(TrainingBatch<UnlabeledImage> batch) => views.Of(batch.Examples, batch.Random);

    /// <inheritdoc/>
    public override BatchLoss Loss(TrainingBatch<UnlabeledImage> batch)
    {
        var seen = ViewsOf(batch);
        var scores = TeacherScores(seen.Global);
        var shares = DinoLoss.Shares(scores, model.Centre, TemperatureAt(batch.Progress));
        var logShares = StudentLogShares(seen, learnsPrototypes: batch.Epoch > FrozenPrototypeEpochs);
        means.Add(scores.mean([0]).DetachFromDisposeScope());
        return new BatchLoss(DinoLoss.Mean(logShares, shares, batch.Examples.Count), batch.Examples.Count);
    }

    /// <inheritdoc/>
    public override BatchScore Score(TrainingBatch<UnlabeledImage> batch)
    {
        var (shares, logShares) = Answers(batch);
        var loss = DinoLoss.Mean(logShares, shares, batch.Examples.Count).item<float>();
        return new BatchScore(loss * batch.Examples.Count, MeasuresOf(shares, logShares).Information * batch.Examples.Count, batch.Examples.Count);
    }

    /// <summary>Whether training has collapsed, by random views of some images; the more there are, the finer the measure.</summary>
    /// <param name="images">The images, all of which go through the model at once.</param>
    /// <param name="random">Draws the views.</param>
    public CollapseMeasures Measure(IReadOnlyList<UnlabeledImage> images, Random random)
    {
        model.eval();
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (shares, logShares) = Answers(new TrainingBatch<UnlabeledImage>(images, 1, random));
        return MeasuresOf(shares, logShares);
    }

    /// <summary>Lets the teacher follow the student, and the centre the teacher's scores.</summary>
    /// <inheritdoc/>
    public override void AfterStep(IReadOnlyDictionary<string, Tensor> weights, double progress)
    {
        var kept = 1 - (1 - TeacherMomentum) * (1 + Math.Cos(Math.PI * progress)) / 2;
        foreach (var (name, weight) in weights)
            if (name.StartsWith(OfTeacher, StringComparison.Ordinal))
                weight.mul_(kept).add_(weights[OfStudent + name[OfTeacher.Length..]], alpha: 1 - kept);
        weights["centre"].mul_(CentreMomentum).add_(stack(means).mean([0]).to(ScalarType.Float32), alpha: 1 - CentreMomentum);
        means.ForEach(mean => mean.Dispose());
        means.Clear();
    }

    private double TemperatureAt(double progress) => progress >= TeacherTemperatureWarmUp
        ? TeacherTemperature
        : TeacherTemperatureStart + (TeacherTemperature - TeacherTemperatureStart) * progress / TeacherTemperatureWarmUp;

    /// <summary>The teacher's shares, and the logarithms of the student's, as they are for a trained model.</summary>
    private (Tensor Shares, Tensor LogShares) Answers(TrainingBatch<UnlabeledImage> batch)
    {
        var seen = ViewsOf(batch);
        return (DinoLoss.Shares(TeacherScores(seen.Global), model.Centre, TeacherTemperature), StudentLogShares(seen, learnsPrototypes: true));
    }

    private static CollapseMeasures MeasuresOf(Tensor shares, Tensor logShares) =>
        CollapseMeasures.Of(shares, logShares.narrow(0, 0, shares.size(0)));

    private Tensor TeacherScores(ImageBatch images)
    {
        model.Teacher.eval();
        using var frozen = no_grad();
        return model.Teacher.call(images).Widen();
    }

    /// <summary>Of the views of either size, one after the other.</summary>
    private Tensor StudentLogShares(SeenViews seen, bool learnsPrototypes)
    {
        var features = model.Student.Features(seen.Global);
        if (seen.Local is { } local)
            features = cat([features, model.Student.Features(local)], 0);
        return functional.log_softmax(model.Student.Head.forward(features, learnsPrototypes).Widen().div(StudentTemperature), 1);
    }

    private SeenViews ViewsOf(TrainingBatch<UnlabeledImage> batch) => ((SeenViews)(batch.Prepared ?? Prepare(batch))).To(Device);
}
