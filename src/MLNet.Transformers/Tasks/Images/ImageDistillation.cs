using MLNet.Transformers.Models;
using MLNet.Transformers.Tasks;

namespace MLNet.Transformers;

/// <summary>Learning from a teacher's answers beside the labels: <see href="https://arxiv.org/abs/1503.02531">Hinton et al., 2015</see>, and for images <see href="https://arxiv.org/abs/2012.12877">DeiT</see>.</summary>
/// <param name="Teacher">A classifier of the same classes in the same order, such as one that was trained here, or a published one that <c>ClassifyImages</c> has opened; it stays as it is.</param>
public sealed record ImageDistillation(FineTunedImageTransformer Teacher)
{
    /// <summary>Whether only the class counts that the teacher finds likeliest.</summary>
    public bool Hard { get; init; }

    /// <summary>What scores are divided by before the softmax: the higher, the more the unlikely classes count.</summary>
    public double Temperature { get; init; } = 3;

    /// <summary>Share of the loss that is the teacher's; the labels have the rest.</summary>
    public double Weight { get; init; } = 0.5;

    internal void Require()
    {
        ArgumentNullException.ThrowIfNull(Teacher);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(Weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Weight, 1);
        if (Teacher.Task is not ImageRecognition)
            throw new ArgumentException($"The {nameof(Teacher)} classifies nothing: it was made for '{Teacher.Task.Name}'.");
    }

    /// <exception cref="ArgumentException">The teacher knows other classes.</exception>
    internal void RequireFor(ClassLabels labels)
    {
        if (!(Teacher.Config.LabelNames ?? []).SequenceEqual(labels.Names))
            throw new ArgumentException($"The {nameof(Teacher)} knows other classes, or in another order, than the label column: {string.Join(", ", Teacher.Config.LabelNames ?? [])}.");
    }

    /// <summary>The same for the training loop.</summary>
    /// <exception cref="ArgumentException">The teacher's images are prepared in another way.</exception>
    internal Distillation For(ImageTaskModel student) => Teacher.Processor.ToJson() == student.Processor.ToJson()
        ? new Distillation(Teacher.Model.Network) { Hard = Hard, Temperature = Temperature, Weight = Weight }
        : throw new ArgumentException($"The {nameof(Teacher)} reads images that are prepared in another way than the student's: set {nameof(ImageFineTuningOptions.Processor)} to the teacher's.");
}
