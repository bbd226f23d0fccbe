using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The update that Adam and AdamW share: one fused pass where the tensors allow it, else operator by operator.</summary>
internal static class AdaptiveMoments
{
    internal readonly struct Settings
    {
        public long Step { get; init; }

        public double Rate { get; init; }

        public double Beta1 { get; init; }

        public double Beta2 { get; init; }

        public double Epsilon { get; init; }

        public double Decay { get; init; }

        /// <summary>Whether decay shrinks the weights (AdamW) or joins the gradient (Adam).</summary>
        public bool Decoupled { get; init; }

        public bool Maximize { get; init; }

        public double Correction1 => 1 - Math.Pow(Beta1, Step);

        public double Correction2 => 1 - Math.Pow(Beta2, Step);
    }

    public static void Update(Parameter parameter, Tensor gradient, Tensor mean, Tensor square, Tensor? maximum, in Settings settings)
    {
        if (settings.Maximize)
            gradient = -gradient;
        if (settings.Decay != 0 && settings.Decoupled)
            parameter.mul_(1 - settings.Rate * settings.Decay);
        else if (settings.Decay != 0)
            gradient = gradient.add(parameter, alpha: settings.Decay);
        mean.mul_(settings.Beta1).add_(gradient, alpha: 1 - settings.Beta1);
        square.mul_(settings.Beta2).addcmul_(gradient, gradient, value: 1 - settings.Beta2);
        var spread = square;
        if (maximum is not null)
            spread = maximum.copy_(torch.maximum(maximum, square));
        var denominator = spread.sqrt().div_(Math.Sqrt(settings.Correction2)).add_(settings.Epsilon);
        parameter.addcdiv_(mean, denominator, value: -settings.Rate / settings.Correction1);
    }
}
