using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;
using MLNet.Transformers;
using MLNet.Transformers.Models;
using MLNet.Transformers.Pipeline;
using MLNet.Transformers.Tasks;
using MLNet.Transformers.Tokenizers;

[assembly: LoadableClass(typeof(FineTunedTransformer), null, typeof(SignatureLoadModel), "Fine-tuned transformer", FineTunedTransformer.LoaderSignature)]

namespace MLNet.Transformers;

/// <summary>A transformer that reads texts and was trained for a task, as an ML.NET stage.</summary>
/// <remarks>Saved with <c>mlContext.Model.Save</c>, it loads in any process that can find this library; nothing needs registering.</remarks>
public sealed class FineTunedTransformer : BatchedTransformer
{
    internal const string LoaderSignature = "MLNetTransformersTask";

    private static readonly VersionInfo Version = ModelFile.Version("MLNTTASK", LoaderSignature);

    private readonly TextTask task;
    private readonly SharedModel<TextTaskModel>.Lease model;
    private readonly int batchTokens;

    internal FineTunedTransformer(TextTask task, TextTaskModel model, int batchTokens, TrainingResult? result)
        : this(task, SharedModel<TextTaskModel>.Hold(model, nameof(FineTunedTransformer)), batchTokens, result)
    {
    }

    private FineTunedTransformer(TextTask task, SharedModel<TextTaskModel>.Lease model, int batchTokens, TrainingResult? result)
        : base(task.CreateScorer(model, batchTokens))
    {
        this.task = task;
        this.model = model;
        this.batchTokens = batchTokens;
        TrainingResult = result;
    }

    /// <summary>How training went; null for a transformer that was loaded.</summary>
    public TrainingResult? TrainingResult { get; }

    /// <summary>The model's config.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TextConfig Config => model.Model.Network.Config;

    /// <summary>The encoder and the head, which stay the transformer's.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal TextModel Network => model.Model.Network;

    /// <summary>The model's tokenizer.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TransformerTokenizer Tokenizer => model.Model.Tokenizer;

    /// <summary>The tokenizer of what the model writes, where that has a vocabulary of its own; null where one serves both sides.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public TransformerTokenizer? TargetTokenizer => model.Model.TargetTokenizer;

    /// <summary>What the model was trained for.</summary>
    internal TextTask Task => task;

    /// <summary>The model with its tokenizer.</summary>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal TextTaskModel Model => model.Model;

    /// <summary>The model for another owner, who lets go of it by itself.</summary>
    /// <param name="owner">What errors after its disposal call that owner.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    internal SharedModel<TextTaskModel>.Lease Share(string owner) => model.Share(owner);

    /// <summary>Writes the text for one input piece by piece, for a model that writes texts: a translation, or what goes on after the input.</summary>
    /// <param name="text">What stands in the input column for a whole data set.</param>
    /// <param name="cancellationToken">Ends the text where it is.</param>
    /// <returns>Pieces that never end within a character. Listening no longer stops the work.</returns>
    /// <exception cref="InvalidOperationException">The model writes no texts.</exception>
    /// <exception cref="ArgumentException">The generation settings know a text only as a whole, as beam search does, or give several.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <example><code>
    /// await foreach (var piece in model.GenerateAsync("Once upon a time"))
    ///     Console.Write(piece);
    /// </code></example>
    public IAsyncEnumerable<string> GenerateAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        _ = model.Model;
        return GenerateAsync(Writer, text, cancellationToken);
    }

    /// <summary>The same model, whose texts are generated in another way. It shares the weights; each of the two is disposed by itself.</summary>
    /// <param name="generation">How; what is null in it stays as it is, but for the strategy, which is greedy search where nothing else is said.</param>
    /// <exception cref="InvalidOperationException">The model writes no texts.</exception>
    /// <exception cref="ArgumentException">The options do not go with each other.</exception>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    /// <example><code>
    /// var careful = model.WithGeneration(new GenerationConfig { Beams = 8 });
    /// </code></example>
    public FineTunedTransformer WithGeneration(GenerationConfig generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        var other = Writer.With(Writer.Settings.With(generation));
        return new FineTunedTransformer(other, model.Share(), batchTokens, TrainingResult);
    }

    /// <summary>Writes the model as a Hugging Face folder: config.json, model.safetensors, and the tokenizer's files; a sentence embedding as one of sentence-transformers, a model that writes texts with its generation_config.json.</summary>
    /// <param name="folder">The folder, which is made when it is not there.</param>
    /// <exception cref="ObjectDisposedException">The transformer was disposed.</exception>
    public void SavePretrained(string folder)
    {
        task.SavePretrained(model.Model, folder);
        Tokenizer.SavePretrained(folder);
        if (model.Model.TargetTokenizer is { } target)
            TokenizerSource.SaveTarget(target, folder);
    }

    private ITextGeneration Writer => task as ITextGeneration
        ?? throw new InvalidOperationException($"The model was trained for '{task.Name}', and writes no texts.");

    private async IAsyncEnumerable<string> GenerateAsync(ITextGeneration writer, string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Held while the text grows, so that nobody can dispose it meanwhile.
        using var held = model.Share();
        await foreach (var piece in writer.WriteAsync(held.Model, text, cancellationToken).ConfigureAwait(false))
            yield return piece;
    }

    private protected override void Save(ModelSaveContext context)
    {
        var description = task.ToJson();
        description["batch_tokens"] = batchTokens;
        description["has_target_tokenizer"] = model.Model.TargetTokenizer is not null;
        ModelFile.Begin(context, Version, description);
        TextModelEntry.Write(context, model.Model);
    }

    private static FineTunedTransformer Create(IHostEnvironment environment, ModelLoadContext context)
    {
        var description = ModelFile.Begin(context, Version);
        var task = TextTask.FromJson(description);
        var batchTokens = (int)description["batch_tokens"]!;
        var model = TextModelEntry.Read(context, environment.Register(LoaderSignature), task.CreateHead) with
        {
            TargetTokenizer = (bool?)description["has_target_tokenizer"] == true ? TokenizerEntry.ReadTarget(context) : null,
            BatchTokens = batchTokens,
        };
        return new FineTunedTransformer(task, model, batchTokens, null);
    }
}
