using System.Text.Json.Nodes;

namespace MLNet.Transformers.Models;

/// <summary>Reads the modules of a sentence-transformers folder one after another.</summary>
internal sealed class SentenceModuleReader
{
    private static readonly (string Key, string Name, Pooling Pooling)[] Poolings =
    [
        ("pooling_mode_cls_token", "cls", Pooling.Cls),
        ("pooling_mode_max_tokens", "max", Pooling.Max),
        ("pooling_mode_mean_tokens", "mean", Pooling.Mean),
        ("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens", Pooling.MeanSqrt),
        ("pooling_mode_weightedmean_tokens", "weightedmean", Pooling.WeightedMean),
        ("pooling_mode_lasttoken", "lasttoken", Pooling.Last),
    ];

    private static readonly (string Class, string? Activation)[] Activations =
    [
        ("Identity", null), ("Tanh", "tanh"), ("ReLU", "relu"), ("GELU", "gelu"), ("SiLU", "silu"), ("Sigmoid", "sigmoid"),
    ];

    private readonly Dictionary<int, string> weightFolders = [];
    private readonly List<EmbeddingStep> steps = [];
    private IReadOnlyList<Pooling>? poolings;
    private string? transformerPath;

    /// <summary>Where the weights of a step are, by its index.</summary>
    public IReadOnlyDictionary<int, string> WeightFolders => weightFolders;

    /// <summary>Whether a prompt has part in pooling.</summary>
    public bool IncludesPrompt { get; private set; } = true;

    /// <exception cref="InvalidDataException">No module was a transformer.</exception>
    public string TransformerPath(string folder) => transformerPath ?? throw new InvalidDataException($"The modules of '{folder}' have no Transformer among them.");

    /// <exception cref="InvalidDataException">No module was a pooling.</exception>
    public SentenceEmbeddingConfig Embedding(string folder) => new()
    {
        Poolings = poolings ?? throw new InvalidDataException($"The modules of '{folder}' have no Pooling among them."),
        Steps = steps,
    };

    public void Read(SentenceModule module)
    {
        switch (module.Type)
        {
            case "Transformer":
                transformerPath = module.Path;
                break;
            case "Pooling":
                poolings = module.Read(config => ReadPoolings(config, module));
                IncludesPrompt = module.Read(config => (bool?)config["include_prompt"] ?? true);
                break;
            case "Dense":
                AddWithWeights(module.Read(config => ReadDense(config, module)), module);
                break;
            case "LayerNorm":
                AddWithWeights(new LayerNormStep(), module);
                break;
            case "Normalize":
                steps.Add(new UnitLengthStep());
                break;
            case "Dropout":
                break;
            default:
                throw new NotSupportedException($"The module '{module.FullType}' in '{module.Path}' is unknown; known are Transformer, Pooling, Dense, LayerNorm, Normalize and Dropout.");
        }
    }

    private void AddWithWeights(EmbeddingStep step, SentenceModule module)
    {
        weightFolders[steps.Count] = module.Path;
        steps.Add(step);
    }

    private static Pooling[] ReadPoolings(JsonNode config, SentenceModule module)
    {
        var found = Chosen(config, module.ConfigFile).ToArray();
        return found.Length > 0 ? found : throw new InvalidDataException($"'{module.ConfigFile}' chooses no pooling.");
    }

    /// <summary>The poolings that a module's config chooses: by a flag each, or by their names.</summary>
    private static IEnumerable<Pooling> Chosen(JsonNode config, string file) => config["pooling_mode"] switch
    {
        null => Poolings.Where(pooling => (bool?)config[pooling.Key] ?? false).Select(pooling => pooling.Pooling),
        JsonArray several => several.Select(name => Named((string?)name, file)),
        var name => [Named((string?)name, file)],
    };

    private static Pooling Named(string? name, string file)
    {
        foreach (var pooling in Poolings)
            if (pooling.Name == name)
                return pooling.Pooling;
        throw new NotSupportedException($"The pooling '{name}' in '{file}' is unknown.");
    }

    private static DenseStep ReadDense(JsonNode config, SentenceModule module)
    {
        foreach (var key in (string[])["module_input_name", "module_output_name"])
            if ((string?)config[key] is { } name and not "sentence_embedding")
                throw new NotSupportedException($"'{module.ConfigFile}' has \"{key}\": \"{name}\"; only a sentence_embedding can go through a Dense module.");
        var type = (string?)config["activation_function"] ?? "torch.nn.modules.activation.Tanh";
        var activation = Activations.Where(known => type.EndsWith($".{known.Class}", StringComparison.Ordinal)).ToArray();
        if (activation.Length == 0)
            throw new NotSupportedException($"The activation '{type}' in '{module.ConfigFile}' is unknown.");
        var width = (int?)config["out_features"] ?? throw new InvalidDataException($"'{module.ConfigFile}' has no \"out_features\".");
        return new DenseStep(width, (bool?)config["bias"] ?? true, activation[0].Activation);
    }

    /// <summary>The <c>config.json</c> of a pooling module.</summary>
    /// <exception cref="NotSupportedException">The layout has no flag for a pooling, or joins the poolings in another order.</exception>
    internal static JsonObject Write(IReadOnlyList<Pooling> poolings, int hiddenSize, bool includesPrompt)
    {
        var config = new JsonObject { ["word_embedding_dimension"] = hiddenSize };
        foreach (var (key, _, pooling) in Poolings)
            config[key] = poolings.Contains(pooling);
        if (!Chosen(config, "").SequenceEqual(poolings))
            throw new NotSupportedException($"sentence-transformers cannot say these poolings in this order: {string.Join(", ", poolings)}.");
        config["include_prompt"] = includesPrompt;
        return config;
    }

    /// <summary>The <c>config.json</c> of a dense module.</summary>
    internal static JsonObject Write(DenseStep step, int inputSize)
    {
        var known = Activations.Where(activation => activation.Activation == step.Activation).ToArray();
        if (known.Length == 0)
            throw new NotSupportedException($"sentence-transformers has no name for the activation '{step.Activation}'.");
        return new JsonObject
        {
            ["in_features"] = inputSize,
            ["out_features"] = step.OutputSize,
            ["bias"] = step.HasBias,
            ["activation_function"] = known[0].Activation is null ? "torch.nn.modules.linear.Identity" : $"torch.nn.modules.activation.{known[0].Class}",
        };
    }
}
