using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What one parameter's update needs: its gradient, how many steps it has had with this one, and its averages.</summary>
internal readonly record struct MomentUpdate(Tensor Parameter, Tensor Gradient, long Step, Tensor Mean, Tensor Square, Tensor? Maximum);

/// <summary>The update that Adam and AdamW share: one fused pass where the tensors allow it, else operator by operator.</summary>
internal static class AdaptiveMoments
{
    public static void Update(List<MomentUpdate> updates, Settings settings)
    {
        foreach (var group in updates.GroupBy(update => update.Step))
            if (settings.Maximize || group.Any(update => update.Maximum is not null) || !TryFused([.. group], settings))
                foreach (var update in group)
                    Update(update, settings);
    }

    private static bool TryFused(MomentUpdate[] updates, Settings settings) => Bridge.Adam.TryStep(
        Array.ConvertAll(updates, update => update.Parameter),
        Array.ConvertAll(updates, update => update.Gradient),
        Array.ConvertAll(updates, update => update.Mean),
        Array.ConvertAll(updates, update => update.Square),
        updates[0].Step, settings.Rate, settings.Beta1, settings.Beta2, settings.Epsilon, settings.Decay, settings.Decoupled);

    private static void Update(MomentUpdate update, Settings settings)
    {
        var (parameter, gradient, step, mean, square, maximum) = update;
        if (settings.Maximize)
            gradient = -gradient;
        if (settings.Decay != 0 && settings.Decoupled)
            parameter.mul_(1 - settings.Rate * settings.Decay);
        else if (settings.Decay != 0)
            gradient = gradient.add(parameter, alpha: settings.Decay);
        mean.mul_(settings.Beta1).add_(gradient, alpha: 1 - settings.Beta1);
        square.mul_(settings.Beta2).addcmul_(gradient, gradient, value: 1 - settings.Beta2);
        var spread = maximum is null ? square : maximum.copy_(torch.maximum(maximum, square));
        var denominator = spread.sqrt().div_(Math.Sqrt(1 - Math.Pow(settings.Beta2, step))).add_(settings.Epsilon);
        parameter.addcdiv_(mean, denominator, value: -settings.Rate / (1 - Math.Pow(settings.Beta1, step)));
    }

    internal sealed record Settings
    {
        public required double Rate { get; init; }

        public required double Beta1 { get; init; }

        public required double Beta2 { get; init; }

        public required double Epsilon { get; init; }

        public required double Decay { get; init; }

        /// <summary>Whether decay shrinks the weights (AdamW) or joins the gradient (Adam).</summary>
        public required bool Decoupled { get; init; }

        public required bool Maximize { get; init; }
    }
}
