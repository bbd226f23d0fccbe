using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Stack.Tests.Torch.NN;

/// <summary>The paths that optimisers and schedulers take, against PyTorch's.</summary>
public class OptimizerTests
{
    public static TheoryData<string> Optimizers =>
        ["SGD", "SGD, Nesterov", "SGD, damped", "Adam", "Adam, amsgrad", "AdamW", "AdamW, maximizing"];

    public static TheoryData<string> Schedulers => ["LambdaLR", "StepLR", "LinearLR", "CosineAnnealingLR", "OneCycleLR"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void StepsAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case(name);
        var parameter = Parameter(golden["start"]);
        using var optimizer = Make(name, parameter);
        var gradients = golden["gradients"];
        var path = new List<Tensor>();

        for (var step = 0; step < gradients.shape[0]; step++)
        {
            parameter.grad = gradients[step].clone();
            optimizer.step();
            path.Add(parameter.detach().clone());
        }

        golden.Equals("path", stack(path));
    }

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void RatesAreThoseOfPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        var expected = Golden.Case(name).Numbers("rates");
        using var optimizer = optim.SGD([Parameter(zeros(1))], 0.5);
        var scheduler = name switch
        {
            "LambdaLR" => optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (1 + epoch)),
            "StepLR" => optim.lr_scheduler.StepLR(optimizer, 3, 0.5),
            "LinearLR" => optim.lr_scheduler.LinearLR(optimizer, 0.25, 1, 5),
            "CosineAnnealingLR" => optim.lr_scheduler.CosineAnnealingLR(optimizer, 8, 0.01),
            _ => optim.lr_scheduler.OneCycleLR(optimizer, 0.5, total_steps: 13, cycle_momentum: false),
        };

        for (var epoch = 0; epoch < expected.Length; epoch++)
        {
            Assert.Equal(expected[epoch], optimizer.ParamGroups.Single().LearningRate, 1e-9);
            if (epoch + 1 < expected.Length)
            {
                scheduler.step();
            }
        }
    }

    [Fact]
    public void GroupsKeepTheirOwnOptions()
    {
        using var scope = NewDisposeScope();
        var (decaying, plain) = (Parameter(ones(3)), Parameter(ones(3)));
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup([decaying], lr: 0.1, weight_decay: 0.5), new AdamW.ParamGroup([plain], lr: 0.1)], lr: 7);
        Assert.Equal([0.1, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));

        (decaying.grad, plain.grad) = (zeros(3), zeros(3));
        optimizer.step();

        Assert.Equal(0.95f, decaying[0].item<float>(), 1e-6f);
        Assert.Equal(1f, plain[0].item<float>());
    }

    [Fact]
    public void AParameterWithoutGradientStays()
    {
        using var scope = NewDisposeScope();
        var parameter = Parameter(ones(3));
        using var optimizer = optim.AdamW([parameter], 0.1, weight_decay: 0.1);
        optimizer.step();
        Assert.Equal(3, parameter.sum().item<float>());
    }

    [Fact]
    public void StateTravelsToAnotherOptimizer()
    {
        using var scope = NewDisposeScope();
        var gradients = Golden.Case("AdamW")["gradients"];
        var (left, right) = (Parameter(ones(4, 3)), Parameter(ones(4, 3)));
        using var one = optim.AdamW([left], 0.01);
        for (var step = 0; step < 3; step++)
        {
            Step(one, left, gradients[step]);
        }
        using var other = optim.AdamW([right], 0.01);
        using (no_grad())
        {
            right.copy_(left);
        }
        other.load_state_dict(one.state_dict());

        Step(one, left, gradients[4]);
        Step(other, right, gradients[4]);

        Assert.True(left.Equals(right));
    }

    [Fact]
    public void GradientsAreClippedTogether()
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Case("clip");
        var (first, second) = (Parameter(zeros(3, 2)), Parameter(zeros(5)));
        (first.grad, second.grad) = (golden["first"], golden["second"]);

        var norm = nn.utils.clip_grad_norm_([first, second, Parameter(zeros(1))], 1.5);

        Assert.Equal(golden["norm"].item<float>(), norm, 1e-5);
        golden.Equals("clippedFirst", first.grad);
        golden.Equals("clippedSecond", second.grad);
    }

    [Fact]
    public void ParametersGoThroughAVectorUnchanged()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Parameter(randn(3, 2)), Parameter(randn(5)));
        var vector = nn.utils.parameters_to_vector([first, second]);
        Assert.Equal([11L], vector.shape);
        nn.utils.vector_to_parameters(vector * 2, [first, second]);
        Assert.True((vector * 2).Equals(nn.utils.parameters_to_vector([first, second])));
    }

    private static void Step(AdamW optimizer, Parameter parameter, Tensor gradient)
    {
        parameter.grad = gradient.clone();
        optimizer.step();
    }

    private static optim.Optimizer Make(string name, Parameter parameter) => name switch
    {
        "SGD" => optim.SGD([parameter], 0.1),
        "SGD, Nesterov" => optim.SGD([parameter], 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        "SGD, damped" => optim.SGD([parameter], 0.1, momentum: 0.9, dampening: 0.3),
        "Adam" => optim.Adam([parameter], 0.01, weight_decay: 0.1),
        "Adam, amsgrad" => optim.Adam([parameter], 0.01, beta1: 0.8, beta2: 0.95, amsgrad: true),
        "AdamW" => optim.AdamW([parameter], 0.01, weight_decay: 0.1),
        "AdamW, maximizing" => optim.AdamW([parameter], 0.01, beta1: 0.8, beta2: 0.95, eps: 1e-6, weight_decay: 0, maximize: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
