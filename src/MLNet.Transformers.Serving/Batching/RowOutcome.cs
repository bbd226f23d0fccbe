using MLNet.Transformers.Serving.Models;

namespace MLNet.Transformers.Serving.Batching;

/// <summary>What a model made of a row: an output, or the exception that this row alone has caused.</summary>
internal readonly record struct RowOutcome<TInput, TOutput>(ServedModel<TInput, TOutput> Model, TOutput? Output, Exception? Failure)
    where TInput : class, new()
    where TOutput : class, new();
