using MLNet.Transformers.Models;

namespace MLNet.Transformers.Tasks;

/// <summary>A task whose models write texts.</summary>
internal interface ITextGeneration
{
    GenerationSettings Settings { get; }

    /// <summary>The same task, whose texts are generated in another way.</summary>
    TextTask With(GenerationSettings settings);

    /// <summary>The text for one input, piece by piece as it is written.</summary>
    IAsyncEnumerable<string> WriteAsync(TextTaskModel model, string text, CancellationToken cancellation);
}
