namespace MLNet.Transformers.Tool.Search;

/// <summary>Keeps the best model of a search.</summary>
internal interface IModelStore
{
    /// <summary>Keeps the model of a trial.</summary>
    void Keep(int number, ITransformer model);

    /// <summary>Forgets what is kept of trainings on their way, and all models but that of one trial.</summary>
    void Clean(int? best);
}
