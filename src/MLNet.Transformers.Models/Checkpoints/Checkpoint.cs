using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.Transformers.Models;

/// <summary>Carries weights between a model and their published form.</summary>
public static class Checkpoint
{
    /// <summary>Fills a model with published weights, converting element types; everything must fit.</summary>
    /// <param name="model">The model; its parameters keep their element type and device.</param>
    /// <param name="names">The family's name table.</param>
    /// <param name="weights">The published weights.</param>
    /// <param name="newHead">Whether the head keeps its own weights where the checkpoint has none that fit, as for fine-tuning.</param>
    /// <returns>The published names of what the head keeps of its own; empty when the checkpoint had everything.</returns>
    /// <exception cref="WeightMismatchException">Tensors are missing, unexpected or of the wrong shape; the model is left as it was.</exception>
    public static IReadOnlyList<string> Load(Module model, NameTable names, IWeights weights, bool newHead = false)
    {
        var plan = new LoadPlan(names, weights);
        foreach (var (name, parameter) in Named(model))
            plan.Add(name, parameter, optional: newHead && NameTable.IsHeadName(name));
        plan.Require();
        plan.Run();
        return plan.Fresh;
    }

    /// <summary>A model's weights under their published names; the caller disposes the tensors.</summary>
    public static IReadOnlyList<(string Name, Tensor Tensor)> Publish(Module model, NameTable names)
    {
        using var frozen = no_grad();
        var packed = PackedSizes(model);
        var result = new List<(string, Tensor)>();
        var shares = new Dictionary<string, Tensor[]>();
        foreach (var (name, parameter) in Named(model))
        {
            var published = names.Publish(name);
            using var whole = Turn(parameter, published.Form);
            if (published.Names.Count > 1)
                result.AddRange(published.Names.Zip(whole.split(SizesOf(packed, name, parameter, published.Names.Count), 0)));
            else if (published.Parts > 1)
                Share(shares, published, whole.alias(), result);
            else
                result.Add((published.Names[0], whole.alias()));
        }
        return result;
    }

    /// <summary>A tensor of ours as it is published.</summary>
    private static Tensor Turn(Tensor parameter, PublishedForm form) => form switch
    {
        PublishedForm.Transposed when parameter.dim() == 2 => parameter.t(),
        PublishedForm.Row => parameter.unsqueeze(0),
        PublishedForm.Bare => parameter.view([.. parameter.shape.SkipWhile(size => size == 1)]),
        _ => parameter.alias(),
    };

    /// <summary>Parameters under the names that name tables use, in which an encoder stands below a model, and a head bears its class's name.</summary>
    private static IEnumerable<(string Name, TorchSharp.Modules.Parameter Parameter)> Named(Module model) => model switch
    {
        TextBackbone or ImageBackbone => Named(model, "backbone"),
        TextModel text => Named(text.Backbone, "backbone").Concat(Named(text.Head, text.Head.GetType().Name)),
        ImageModel image => Named(image.Backbone, "backbone").Concat(Named(image.Head, image.Head.GetType().Name)),
        _ => model.named_parameters(),
    };

    private static IEnumerable<(string Name, TorchSharp.Modules.Parameter Parameter)> Named(Module part, string prefix) =>
        part.named_parameters().Select(pair => ($"{prefix}.{pair.name}", pair.parameter));

    private static Dictionary<string, long[]> PackedSizes(Module model)
    {
        var start = model is TextBackbone or ImageBackbone ? "backbone." : "";
        return model.named_modules()
            .Where(pair => pair.module is PackedLinear)
            .ToDictionary(pair => start + pair.name, pair => ((PackedLinear)pair.module).Sizes.ToArray());
    }

    private static long[] SizesOf(Dictionary<string, long[]> packed, string name, Tensor parameter, int parts) =>
        packed.TryGetValue(name[..name.LastIndexOf('.')], out var sizes) ? sizes : [.. Enumerable.Repeat(parameter.size(0) / parts, parts)];

    /// <summary>Collects the parts of a tensor that is published whole, and joins them once they are all there.</summary>
    private static void Share(Dictionary<string, Tensor[]> shares, PublishedTensor published, Tensor part, List<(string, Tensor)> result)
    {
        var name = published.Names[0];
        if (!shares.TryGetValue(name, out var parts))
            shares.Add(name, parts = new Tensor[published.Parts]);
        parts[published.Part] = part;
        if (parts.Any(other => other is null))
            return;
        result.Add((name, cat(parts, published.Transposed && part.dim() == 2 ? 1 : 0)));
        foreach (var other in parts)
            other.Dispose();
    }
}
