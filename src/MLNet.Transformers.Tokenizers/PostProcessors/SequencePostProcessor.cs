using System.Text.Json;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Joins post-processors of which at most one adds special tokens (<c>Sequence</c>).</summary>
/// <seealso href="https://huggingface.co/docs/tokenizers/api/post-processors"/>
public sealed class SequencePostProcessor : PostProcessor
{
    /// <summary>Takes the post-processors in their order.</summary>
    /// <exception cref="ArgumentException">More than one of them says where special tokens stand.</exception>
    public SequencePostProcessor(IReadOnlyList<PostProcessor> processors)
    {
        ArgumentNullException.ThrowIfNull(processors);
        Processors = [.. processors];
        AssemblyPlan[] plans = [.. Processors.Select(processor => processor.Plan)];
        AssemblyPlan[] templates = Array.FindAll(plans, plan => plan.Single != AssemblyPlan.Plain.Single);
        if (templates.Length > 1)
        {
            throw new ArgumentException("More than one post-processor of a sequence says where special tokens stand.", nameof(processors));
        }

        Plan = (templates.FirstOrDefault() ?? AssemblyPlan.Plain) with
        {
            Trimming = plans.Select(plan => plan.Trimming).FirstOrDefault(trimming => trimming is not null),
        };
    }

    /// <summary>The post-processors in their order.</summary>
    public IReadOnlyList<PostProcessor> Processors { get; }

    internal override AssemblyPlan Plan { get; }

    internal static SequencePostProcessor Read(JsonPart part)
    {
        try
        {
            return new SequencePostProcessor([.. part["processors"].Items().Select(PostProcessorJson.Read)]);
        }
        catch (ArgumentException exception)
        {
            throw part.Error(exception.Message);
        }
    }

    internal override void Write(Utf8JsonWriter writer) =>
        writer.WriteSequence("processors", Processors, (processor, output) => processor.Write(output));
}
