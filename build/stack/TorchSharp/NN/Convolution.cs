using TorchSharp.Bridge;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What convolutions over one and two dimensions share; padding is with zeros.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly string _operator;

    [ComponentName(Name = nameof(weight))]
    private Parameter _weight = null!;

    [ComponentName(Name = nameof(bias))]
    private Parameter? _bias;

    private protected Convolution(string name, long in_channels, long out_channels, ConvolutionShape shape, bool bias, Device? device, ScalarType? dtype)
        : base(name)
    {
        _operator = name == nameof(Conv1d) ? "aten::conv1d" : "aten::conv2d";
        Shape = shape;
        this.in_channels = in_channels;
        this.out_channels = out_channels;
        weight = new Parameter(empty([out_channels, in_channels / shape.Groups, .. shape.Kernel], dtype, device));
        if (bias)
            this.bias = new Parameter(empty(out_channels, dtype, device));
        reset_parameters();
    }

    public long in_channels { get; }

    public long out_channels { get; }

    public long[] kernel_size => Shape.Kernel;

    public long[] stride => Shape.Stride;

    public long[] padding => Shape.Padding;

    public long[] dilation => Shape.Dilation;

    public long groups => Shape.Groups;

    public Parameter weight
    {
        get => _weight;
        set => ConditionallyRegisterParameter(nameof(weight), _weight = ModuleParameter.Keep(value)!);
    }

    public Parameter? bias
    {
        get => _bias;
        set => ConditionallyRegisterParameter(nameof(bias), _bias = ModuleParameter.Keep(value));
    }

    private protected ConvolutionShape Shape { get; }

    public void reset_parameters()
    {
        nn.init.kaiming_uniform_(_weight, Math.Sqrt(5));
        if (_bias is null)
            return;
        var (fanIn, _) = nn.init.CalculateFanInAndFanOut(_weight);
        nn.init.uniform_(_bias, -1 / Math.Sqrt(fanIn), 1 / Math.Sqrt(fanIn));
    }

    private protected Tensor Convolve(Tensor input) =>
        Operators.Call(_operator, input, _weight, _bias, Shape.Stride, Shape.Padding, Shape.Dilation, Shape.Groups);
}

/// <summary>The numbers of a convolution, one a dimension.</summary>
internal sealed record ConvolutionShape(long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, long Groups);

public sealed class Conv1d : Convolution
{
    internal Conv1d(long in_channels, long out_channels, ConvolutionShape shape, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv1d), in_channels, out_channels, shape, bias, device, dtype)
    {
    }

    public override Tensor forward(Tensor input) => Convolve(input);
}

public sealed class Conv2d : Convolution
{
    internal Conv2d(long in_channels, long out_channels, ConvolutionShape shape, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), in_channels, out_channels, shape, bias, device, dtype)
    {
    }

    public override Tensor forward(Tensor input) => Convolve(input);
}
