using MLNet.Transformers.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.Transformers.Benchmarks.Images;

/// <summary>
/// What was usual before transformers: three convolutions, each normalised, halving the image after the first and the last, and a wide
/// layer. Gives one vector an image.
/// </summary>
internal sealed class ConvolutionalBackbone : ImageBackbone
{
    private readonly NormedConvolution first;
    private readonly NormedConvolution second;
    private readonly NormedConvolution third;
    private readonly Dropout dropout;
    private readonly Linear wide;

    public ConvolutionalBackbone(int channels, int side, int hiddenSize, double dropoutShare)
        : base(nameof(ConvolutionalBackbone))
    {
        first = new NormedConvolution(1, channels);
        second = new NormedConvolution(channels, 2 * channels);
        third = new NormedConvolution(2 * channels, 2 * channels);
        dropout = nn.Dropout(dropoutShare);
        wide = nn.Linear(2 * channels * (side / 4) * (side / 4), hiddenSize);
        RegisterComponents();
    }

    public override int PrefixTokens => 0;

    public override ImageGrid GridOf(long height, long width) => new(1, 1);

    public override Tensor forward(ImageBatch batch, LayerTrace? trace)
    {
        using var scope = NewDisposeScope();
        var half = nn.functional.max_pool2d(first.call(batch.Pixels), 2);
        var quarter = nn.functional.max_pool2d(third.call(second.call(half)), 2);
        var features = nn.functional.relu(wide.call(dropout.call(quarter.flatten(1))));
        return dropout.call(features).unsqueeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>A convolution of 3 x 3 pixels without a bias, the norm over the batch, and a rectifier.</summary>
    private sealed class NormedConvolution : nn.Module<Tensor, Tensor>
    {
        private readonly Conv2d convolution;
        private readonly Parameter weight;
        private readonly Parameter bias;
        private readonly Tensor mean;
        private readonly Tensor variance;

        public NormedConvolution(int inputs, int outputs)
            : base(nameof(NormedConvolution))
        {
            convolution = nn.Conv2d(inputs, outputs, 3L, padding: 1L, bias: false);
            weight = nn.Parameter(ones(outputs));
            bias = nn.Parameter(zeros(outputs));
            mean = zeros(outputs);
            variance = ones(outputs);
            nn.init.kaiming_normal_(convolution.weight, nonlinearity: nn.init.NonlinearityType.ReLU);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var normed = nn.functional.batch_norm(convolution.call(input), mean, variance, weight, bias, training);
            return nn.functional.relu(normed).MoveToOuterDisposeScope();
        }
    }
}
