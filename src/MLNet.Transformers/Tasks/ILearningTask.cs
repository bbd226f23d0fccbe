using MLNet.Transformers.Pipeline;

namespace MLNet.Transformers.Tasks;

/// <summary>How a task learns from rows.</summary>
/// <typeparam name="TModel">The model, with what makes its inputs.</typeparam>
/// <typeparam name="TExample">What is learnt from; a row may make several.</typeparam>
internal interface ILearningTask<TModel, TExample>
{
    IReadOnlyList<InputColumn> Inputs { get; }

    /// <summary>Reads the examples of the row that <paramref name="row"/> stands on, to learn from them.</summary>
    Func<IReadOnlyList<TExample>> CreateExampleReader(DataViewRow row, TModel model);

    /// <summary>What is learnt from the examples of many rows together.</summary>
    IReadOnlyList<TExample> Arrange(IReadOnlyList<TExample> examples, TModel model);

    /// <summary>Refuses examples that nothing can be learnt from together.</summary>
    void CheckTraining(IReadOnlyList<TExample> examples);

    /// <summary>Refuses a validation set whose labels mean something else.</summary>
    void CheckValidation(DataViewSchema schema);
}
