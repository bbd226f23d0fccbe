using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Stack.Tests.Torch.NN;

/// <summary>Registration, names, state and disposal of module trees.</summary>
public class ModuleTests
{
    [Fact]
    public void FieldsAreRegisteredUnderTheirNames()
    {
        using var model = new Model();
        string[] names = ["scale", "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "named.last.weight"];
        Assert.Equal(names, model.named_parameters().Select(pair => pair.name));
        Assert.Equal(["mean"], model.named_buffers().Select(pair => pair.name));
        Assert.Equal(["layers", "named", "drop"], model.named_children().Select(pair => pair.name));
        Assert.Equal(["layers", "named", "drop", "layers.0", "layers.1", "named.last"], model.named_modules().Select(pair => pair.name));
        Assert.Equal([.. names, "mean"], model.state_dict().Keys.Order().OrderBy(key => key == "mean").ThenBy(key => Array.IndexOf(names, key)));
        Assert.Same(model.get_parameter("layers.1.bias"), model.parameters().ElementAt(4));
        Assert.True(model.has_buffer("mean"));
        Assert.False(model.has_parameter("layers.2.bias"));
    }

    [Fact]
    public void TrainingReachesEveryModule()
    {
        using var model = new Model();
        Assert.True(model.training);
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void StateIsLoadedStrictlyOrNot()
    {
        using var scope = NewDisposeScope();
        using var source = new Model();
        using var target = new Model();
        var state = source.state_dict();
        target.load_state_dict(state);
        Assert.All(state, pair => Assert.True(pair.Value.Equals(target.state_dict()[pair.Key])));

        state.Remove("scale");
        state.Add("other", ones(1));
        Assert.Throws<InvalidOperationException>(() => target.load_state_dict(state));
        var (missing, unexpected) = target.load_state_dict(state, strict: false);
        Assert.Equal(["scale"], missing);
        Assert.Equal(["other"], unexpected);
        target.load_state_dict(state, skip: ["scale", "other"]);
    }

    [Fact]
    public void ConversionReplacesParametersAndBuffers()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        model.to(ScalarType.Float64);
        Assert.All(model.state_dict().Values, tensor => Assert.Equal(ScalarType.Float64, tensor.dtype));
        Assert.Equal(ScalarType.Float64, model.call(ones(2, 4, ScalarType.Float64)).dtype);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
        Assert.Throws<ArgumentException>(() => model.to(ScalarType.Int64));
    }

    [Fact]
    public void GradientsAreClearedToNothingOrToZero()
    {
        using var scope = NewDisposeScope();
        using var model = new Model();
        model.call(ones(2, 4)).sum().backward();
        model.zero_grad(set_to_none: false);
        Assert.All(model.parameters(), parameter => Assert.Equal(0, parameter.grad!.abs().sum().item<float>()));
        model.zero_grad();
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void ParametersOutliveTheScopeTheyWereMadeIn()
    {
        Linear layer;
        using (NewDisposeScope())
        {
            layer = Linear(2, 2);
        }
        Assert.False(layer.weight!.IsInvalid);
        var weight = layer.weight;
        layer.Dispose();
        Assert.True(weight.IsInvalid);
        layer.Dispose();
    }

    [Fact]
    public void DisposingAModelFreesItsWholeTree()
    {
        var model = new Model();
        var tensors = model.state_dict().Values.ToList();
        model.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void AParameterTakesTheTensorsPlace()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.False(Parameter(ones(2), requires_grad: false).requires_grad);
    }

    [Fact]
    public void BadRegistrationsAreRefused()
    {
        using var model = new Model();
        Assert.Throws<InvalidOperationException>(() => model.register_parameter("scale", Parameter(ones(1))));
        Assert.Throws<ArgumentNullException>(() => model.register_buffer("none", null!));
        Assert.Throws<ArgumentException>(() => model.register_module("a.b", Identity()));
        Assert.Throws<InvalidOperationException>(() => model.register_module("drop", Identity()));
    }

    [Fact]
    public void ApplyVisitsChildrenBeforeTheirParent()
    {
        using var model = new Model();
        var visited = new List<string>();
        model.apply(module => visited.Add(module.GetName()));
        Assert.Equal(["Linear", "Linear", "ModuleList", "Linear", "ModuleDict", "Dropout", "Model"], visited);
    }

    private sealed class Model : Module<Tensor, Tensor>
    {
        private readonly Parameter scale = Parameter(ones(4));
        private readonly Tensor mean = zeros(4);
        private readonly ModuleList<Linear> layers = ModuleList(Linear(4, 4), Linear(4, 4));
        private readonly ModuleDict<Linear> named = ModuleDict(("last", Linear(4, 2, hasBias: false)));
        private readonly Dropout drop = Dropout(0.5);

        public Model() : base(nameof(Model)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var hidden = (input - mean) * scale;
            foreach (var layer in layers)
            {
                hidden = layer.call(hidden);
            }
            return named["last"].call(drop.call(hidden));
        }
    }
}
