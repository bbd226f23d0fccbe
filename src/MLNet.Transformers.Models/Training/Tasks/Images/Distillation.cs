using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>
/// Learning from a teacher's answers beside the labels: from its whole distribution
/// (<see href="https://arxiv.org/abs/1503.02531">Hinton et al., 2015</see>), or from the class that it finds likeliest, as
/// <see href="https://arxiv.org/abs/2012.12877">DeiT</see> does. A student with a distillation token learns from the teacher on that one.
/// </summary>
/// <param name="Teacher">A classifier of the same classes, which reads images as the student does; it stays as it is.</param>
public sealed record Distillation(ImageModel Teacher)
{
    /// <summary>Whether only the class counts that the teacher finds likeliest.</summary>
    public bool Hard { get; init; }

    /// <summary>What scores are divided by before the softmax, the student's and the teacher's: the higher, the more the unlikely classes count. Only the likeliest class has none.</summary>
    public double Temperature { get; init; } = 3;

    /// <summary>Share of the loss that is the teacher's; the labels have the rest.</summary>
    public double Weight { get; init; } = 0.5;

    /// <summary>What the student's answers cost by the teacher's, summed over the batch: a cross-entropy for its class, the divergence of the two distributions times the squared temperature for those.</summary>
    /// <param name="scores">The student's scores, (batch, classes).</param>
    /// <param name="teacherScores">The teacher's, (batch, classes).</param>
    internal Tensor Loss(Tensor scores, Tensor teacherScores)
    {
        using var scope = NewDisposeScope();
        if (Hard)
            return SoftTargets.CrossEntropy(scores, SoftTargets.Of(teacherScores.argmax(1), scores.size(1))).MoveToOuterDisposeScope();
        var student = functional.log_softmax(scores.div(Temperature), 1);
        var teacher = functional.log_softmax(teacherScores.div(Temperature), 1);
        return functional.kl_div(student, teacher, log_target: true, Reduction.Sum).mul(Temperature * Temperature).MoveToOuterDisposeScope();
    }

    /// <summary>What the teacher says of a batch, (batch, classes); no gradient leads back to it.</summary>
    internal Tensor Ask(ImageBatch images)
    {
        Teacher.eval();
        using var frozen = no_grad();
        return Teacher.call(images);
    }
}
