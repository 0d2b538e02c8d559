//! Words about the pool of tasks.

words! {
    pool = "任务库", "Pool of tasks";
    pool_words =
        "部门半年和年度计划里的事项。抽取后在本计划里有自己的权重，任务库里的原事项保持不变。",
        "The unit's items of the half and the year. Drawn into this plan they get a weight of their own; the pool keeps its item.";
    draw_from_pool = "从任务库抽取", "Draw from the pool";
    draw = "抽取", "Draw";
    drawn = "已加入本计划", "Added to this plan";
    drawn_here = "本计划已抽取此事项", "This plan has drawn it already";
    never_drawn = "尚未抽取", "not drawn yet";
}

sentences! {
    drawn_times(drawn, finished) = "已抽取 {drawn} 次，完成 {finished} 次", "drawn {drawn} times, {finished} finished";
    percent_done(percent) = "完成 {percent}%", "{percent} % done";
}
