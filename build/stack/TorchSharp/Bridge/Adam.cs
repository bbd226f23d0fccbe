namespace TorchSharp.Bridge;

/// <summary>A step of Adam or AdamW over many parameters in one pass over their memory.</summary>
internal static class Adam
{
    /// <summary>
    /// Steps every parameter, if all tensors are contiguous floats on the CPU; else changes nothing and returns false.
    /// The moving averages of the gradient and of its square start at zero; <paramref name="steps"/> counts from 1.
    /// With <paramref name="decoupled"/> the weight decay is AdamW's, without it is added to the gradient.
    /// </summary>
    internal static bool TryStep(torch.Tensor[] parameters, torch.Tensor[] gradients, torch.Tensor[] averages, torch.Tensor[] squareAverages,
        long steps, double rate, double beta1, double beta2, double epsilon, double weightDecay, bool decoupled)
    {
        if (!parameters.All(Fits) || !gradients.All(Fits) || !averages.All(Fits) || !squareAverages.All(Fits))
        {
            return false;
        }
        Operators.Run("bridge::adam_", parameters, gradients, averages, squareAverages, steps, rate, beta1, beta2, epsilon, weightDecay, decoupled);
        return true;
    }

    private static bool Fits(torch.Tensor tensor) => tensor.dtype == torch.ScalarType.Float32 && tensor.device_type == DeviceType.CPU && tensor.is_contiguous();
}
