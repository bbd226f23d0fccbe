using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>What the student's scores cost by the teacher's: section 3.1 of <see href="https://arxiv.org/abs/2104.14294">Caron et al., 2021</see>.</summary>
internal static class DinoLoss
{
    /// <summary>The teacher's shares, sharpened by its temperature and kept from one prototype by the centre.</summary>
    /// <param name="scores">(views · batch, prototypes).</param>
    /// <param name="centre">(prototypes).</param>
    /// <param name="temperature">The lower, the sharper.</param>
    public static Tensor Shares(Tensor scores, Tensor centre, double temperature)
    {
        using var centred = scores.sub(centre);
        using var sharp = centred.div(temperature);
        return sharp.softmax(1);
    }

    /// <summary>
    /// The cross-entropy of the student's shares of one view by the teacher's of another, as a mean over the images and over all pairs
    /// of different views.
    /// </summary>
    /// <param name="logShares">The logarithms of the student's shares, (views · batch, prototypes): the whole first view, then the second, and so on.</param>
    /// <param name="teacherShares">The teacher's shares of the first of these views, (teacher's views · batch, prototypes).</param>
    /// <param name="batch">Number of images.</param>
    public static Tensor Mean(Tensor logShares, Tensor teacherShares, long batch)
    {
        using var scope = NewDisposeScope();
        var (views, teacherViews) = (logShares.size(0) / batch, teacherShares.size(0) / batch);
        // All pairs are one product of sums; the pairs of a view with itself go off again.
        var all = teacherShares.view(teacherViews, batch, -1).sum(0L).mul(logShares.view(views, batch, -1).sum(0L)).sum();
        var same = teacherShares.mul(logShares.narrow(0, 0, teacherShares.size(0))).sum();
        return same.sub(all).div(teacherViews * (views - 1) * batch).MoveToOuterDisposeScope();
    }
}
